import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between a client and a server on this machine, and may be slow. */
export class SlowProxy {
  /** Milliseconds that each part of an answer is held back, in order. */
  delay = 0;
  private readonly sockets = new Set<net.Socket>();

  private constructor(private readonly server: net.Server) {}

  static async before(port: number): Promise<SlowProxy> {
    const server = net.createServer();
    const proxy = new SlowProxy(server);
    server.on('connection', (client) => proxy.join(client, net.connect(port, '127.0.0.1')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: net.Socket, server: net.Socket): void {
    for (const [one, other] of [[client, server], [server, client]] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (part) => server.write(part));
    let before = Promise.resolve();
    server.on('data', (part) => {
      const { delay } = this;
      const due = Date.now() + delay;
      before = before.then(async () => {
        const left = due - Date.now();
        if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
        client.write(part);
      });
    });
  }
}
