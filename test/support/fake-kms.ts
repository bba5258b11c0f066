import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the fake service answers instead of opening a key. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A key-management service as far as the product uses one: Transit's `decrypt`, with a token, on this machine. */
export class FakeKms {
  static readonly token = 'planted-token';
  private readonly master = randomBytes(32);
  readonly asked: { readonly path: string; readonly body: string; readonly token: string | undefined }[] = [];
  /** Set: answered instead. */
  instead: Answer | undefined;

  private constructor(private readonly server: http.Server) {}

  static async start(): Promise<FakeKms> {
    const server = http.createServer();
    const kms = new FakeKms(server);
    server.on('request', (request, response) => void kms.answer(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return kms;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/transit/decrypt/daybook`;
  }

  /** A key as the service hands it out wrapped. */
  wrap(key: Uint8Array): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.master, iv);
    return `vault:v1:${Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64')}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const token = request.headers['x-vault-token'] as string | undefined;
    this.asked.push({ path: `${request.method} ${request.url}`, body, token });
    const { status, body: words, headers } = this.instead ?? (token === FakeKms.token ? this.opened(body) : { status: 403, body: '{"errors":["permission denied"]}' });
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(words);
  }

  private opened(body: string): Answer {
    try {
      const bytes = Buffer.from((JSON.parse(body) as { ciphertext: string }).ciphertext.replace('vault:v1:', ''), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', this.master, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
      const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64');
      return { status: 200, body: JSON.stringify({ data: { plaintext } }) };
    } catch {
      return { status: 400, body: '{"errors":["cipher: message authentication failed"]}' };
    }
  }
}
