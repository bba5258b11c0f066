import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Fault } from './faults';
import { startPeer } from './peer';
import type { Door, Peer } from './peer';
import type { Endpoint } from './refusals';

/** A line on standard input, JSON; each is answered by a line of JSON on standard output. */
export type Order = { readonly [Name in keyof Door]: { readonly order: Name; readonly with?: Parameters<Door[Name]>[0] } }[keyof Door] | { readonly order: 'stop' };

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '2113' }, data: { type: 'string' }, host: { type: 'string' }, cert: { type: 'string' }, key: { type: 'string' },
    'max-append-bytes': { type: 'string' }, 'without-batches': { type: 'boolean', default: false }, child: { type: 'boolean', default: false },
  },
});

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const obey = async ({ door }: Peer, line: string): Promise<unknown> => {
  const order = JSON.parse(line) as Order;
  if (order.order === 'stop') return undefined;
  const act = door[order.order] as ((argument?: Fault | Endpoint) => Promise<unknown>) | undefined;
  if (!act) throw new Error(`there is no order ${String(order.order)}`);
  return act('with' in order ? order.with : undefined);
};

const main = async (): Promise<void> => {
  const { cert, key } = values;
  const peer = await startPeer({
    port: Number(values.port), data: values.data, host: values.host, hasBatches: !values['without-batches'],
    maxAppendBytes: values['max-append-bytes'] === undefined ? undefined : Number(values['max-append-bytes']),
    tls: cert !== undefined && key !== undefined ? { cert: fs.readFileSync(cert, 'utf8'), key: fs.readFileSync(key, 'utf8') } : undefined,
  });
  const end = () => void peer.stop().then(() => process.exit(0));
  const lines = createInterface({ input: process.stdin });
  const answer = async (line: string): Promise<void> => {
    try {
      say({ ok: true, answer: await obey(peer, line) });
      if ((JSON.parse(line) as Order).order === 'stop') end();
    } catch (error) {
      say({ ok: false, error: String(error) });
    }
  };
  // One after the other: an answer is known by its turn.
  let answered = Promise.resolve();
  lines.on('line', (line) => {
    answered = answered.then(() => answer(line));
  });
  // A child does not outlive its parent; by hand it may run without anybody at the keys.
  if (values.child) lines.on('close', end);
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  say({ listening: peer.connectionString, port: peer.port });
};

void main();
