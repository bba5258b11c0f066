import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { promisify } from 'node:util';

/** Where audit messages go. */
export type SiemTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'tcp' | 'tls'; readonly host: string; readonly port: number };

export interface Sink {
  /** Settles when the messages were handed over. Rejects when that is not known; they are then to be sent again. */
  send(lines: readonly string[]): Promise<void>;
  close(): void;
}

const append = promisify(fs.appendFile);

/** A file that grows; opened for each batch, so that it may be rotated away. */
const fileSink = (path: string): Sink => ({
  send: (lines) => append(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 }),
  close: () => undefined,
});

const CONNECT_MS = 10_000;

/** Octet counting, as RFC 6587 and RFC 5425 have it. */
const framed = (line: string): string => `${Buffer.byteLength(line)} ${line}`;

/** Syslog over TCP or TLS. The protocol has no receipts: after a broken connection what was sent last is sent again. */
class SocketSink implements Sink {
  private socket: net.Socket | undefined;
  private last: readonly string[] = [];
  private abandon: (error: Error) => void = () => undefined;

  constructor(private readonly target: Extract<SiemTarget, { host: string }>) {}

  async send(lines: readonly string[]): Promise<void> {
    const isNew = this.socket === undefined;
    const socket = (this.socket ??= await this.connect());
    await this.write(socket, isNew ? [...this.last, ...lines] : lines);
    this.last = lines;
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private connect(): Promise<net.Socket> {
    const { kind, host, port } = this.target;
    return new Promise((resolve, reject) => {
      const connected = (): void => {
        socket.setTimeout(0);
        resolve(socket);
      };
      const socket = kind === 'tls' ? tls.connect({ host, port, servername: net.isIP(host) ? '' : host }, connected) : net.connect({ host, port }, connected);
      socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no answer')));
      socket.on('error', reject);
      socket.on('end', () => socket.destroy());
      socket.once('close', () => {
        if (this.socket === socket) this.socket = undefined;
        const closed = new Error('closed');
        reject(closed);
        this.abandon(closed);
      });
      socket.resume();
    });
  }

  private write(socket: net.Socket, lines: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.abandon = reject;
      socket.write(lines.map(framed).join(''), (error) => (error ? reject(error) : resolve()));
    });
  }
}

export const openSink = (target: SiemTarget): Sink => (target.kind === 'file' ? fileSink(target.path) : new SocketSink(target));
