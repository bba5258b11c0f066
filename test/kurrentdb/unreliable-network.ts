import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Seeded } from '#test/seeded';

export interface UnreliableNetwork {
  readonly port: number;
  /** How many connections were torn. */
  readonly torn: () => { readonly requests: number; readonly replies: number };
  /** From now on nothing goes wrong. */
  heal(): void;
  stop(): Promise<void>;
}

/**
 * A way to a server that loses things: with some probability the connection is torn instead of a piece being passed on, so that a request
 * never arrives, or its answer does not. Knows nothing of what it carries, so that it stands before any server, with TLS or without.
 */
export const startUnreliableNetwork = async (to: { readonly host: string; readonly port: number }, random: Seeded, probability: number): Promise<UnreliableNetwork> => {
  let [isWhole, requests, replies] = [false, 0, 0];
  const open = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (client) => {
    const behind = net.connect({ ...to, noDelay: true });
    const part = (): void => {
      for (const socket of [client, behind]) {
        open.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [client, behind]) open.add(socket.on('error', part).on('close', part));
    const isLost = (): boolean => !isWhole && random.next() < probability;
    client.on('data', (bytes) => {
      if (isLost()) { requests++; part(); } else behind.write(bytes);
    });
    behind.on('data', (bytes) => {
      if (isLost()) { replies++; part(); } else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    torn: () => ({ requests, replies }),
    heal: () => { isWhole = true; },
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    }),
  };
};
