import net from 'node:net';
import type { AddressInfo } from 'node:net';

interface Pair {
  readonly client: net.Socket;
  readonly server: net.Socket;
}

/** The port that clients see. It passes bytes on to the server behind it, and can treat connections as a bad network does. */
export class Front {
  private readonly pairs = new Set<Pair>();
  private isFrozen = false;
  behind = 0;

  private constructor(private readonly server: net.Server) {
    server.on('connection', (client) => this.join(client));
  }

  static open(host: string, port: number): Promise<Front> {
    const server = net.createServer({ noDelay: true });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => resolve(new Front(server)));
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Tears every connection, as a crashed host or a firewall does. */
  reset(): void {
    for (const { client, server } of this.pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
    this.pairs.clear();
  }

  /** Half-open: connections stay, new ones are taken, and nothing passes in either direction. */
  freeze(): void {
    this.isFrozen = true;
    for (const pair of this.pairs) this.still(pair);
  }

  thaw(): void {
    this.isFrozen = false;
    for (const pair of this.pairs) this.flow(pair);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
    await closed;
  }

  private join(client: net.Socket): void {
    const server = net.connect({ port: this.behind, host: '127.0.0.1', noDelay: true });
    const pair = { client, server };
    this.pairs.add(pair);
    const part = () => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.on('error', part);
      socket.on('close', part);
    }
    if (!this.isFrozen) this.flow(pair);
  }

  private flow({ client, server }: Pair): void {
    client.pipe(server);
    server.pipe(client);
  }

  private still({ client, server }: Pair): void {
    client.unpipe(server).pause();
    server.unpipe(client).pause();
  }
}
