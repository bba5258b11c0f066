import http from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** How often each process is asked whether it may be sent anybody, ms. */
const EVERY = 200;

interface Behind {
  readonly port: number;
  ready: boolean;
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(async (answer) => (await answer.arrayBuffer(), answer.status === 200), () => false);

/**
 * Hands each request to the next process that says it is ready, and never sends one twice: what fails behind it fails before it. The JSON door and
 * the pages stand behind one address. Connections to the processes are kept open.
 */
export class Front {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly pools: Record<'api' | 'pages', Behind[]> = { api: [], pages: [] };
  private readonly turns = { api: 0, pages: 0 };
  private isOver = false;
  private readonly server = http.createServer((request, response) => this.pass(request, response));
  private asking: Promise<void> = Promise.resolve();

  async start(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.asking = this.ask();
  }

  add(pool: 'api' | 'pages', port: number): void {
    this.pools[pool].push({ port, ready: false });
  }

  /** Settles when so many processes of a pool say that they are ready. */
  async until(pool: 'api' | 'pages', count: number): Promise<void> {
    while (this.pools[pool].filter(({ ready }) => ready).length < count) await delay(20);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
    await this.asking;
  }

  private async ask(): Promise<void> {
    while (!this.isOver) {
      await Promise.all(Object.values(this.pools).flat().map(async (behind) => { behind.ready = await isReady(behind.port); }));
      await delay(EVERY);
    }
  }

  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const pool = request.url!.startsWith('/api/') ? 'api' : 'pages';
    const ready = this.pools[pool].filter((each) => each.ready);
    const behind = ready[this.turns[pool]++ % Math.max(ready.length, 1)];
    if (!behind) return void response.writeHead(503, { 'x-front': 'nobody is ready' }).end();
    const { method, url: path, headers } = request;
    const passed = http.request({ host: '127.0.0.1', port: behind.port, agent: this.agent, method, path, headers: { ...headers, connection: 'keep-alive' } }, (answer) => {
      const { connection: _, 'keep-alive': __, ...kept } = answer.headers;
      response.writeHead(answer.statusCode!, kept);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    passed.on('error', (error: NodeJS.ErrnoException) => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(502, { 'x-front': String(error.code) }).end();
    });
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  }
}
