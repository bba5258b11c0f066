import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { memoryEventStore } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { auditLine, openSink, SiemFeed } from './index';
import type { Sink } from './index';

describe('an audit message', () => {
  const message = { severity: 'informational', at: '2026-06-14T09:00:00.000Z', kind: 'RecordsConsulted', data: { look: 7, route: '/x' } } as const;

  it('is one of RFC 5424, of the facility log audit', () => {
    expect(auditLine(message, 'host', 42)).toBe('<110>1 2026-06-14T09:00:00.000Z host daybook 42 RecordsConsulted [daybook@32473 look="7" route="/x"]');
  });

  it.each([['warning', 108], ['notice', 109], ['informational', 110]] as const)('has severity %s', (severity, priority) => {
    expect(auditLine({ ...message, severity }, 'host', 42)).toMatch(new RegExp(`^<${priority}>1 `));
  });

  it('escapes what would end a value, and drops what would end a line', () => {
    expect(auditLine({ ...message, data: { a: 'x"] [b\\c="y', d: 'one\r\n<110>1 two\u2028', e: 'Łódź' } }, 'h', 1)).toContain('[daybook@32473 a="x\\"\\] [b\\\\c=\\"y" d="one<110>1 two" e="Łódź"]');
  });

  it('has a dash for a host without a name that may be sent', () => {
    expect(auditLine(message, 'ł ', 1)).toContain('Z - daybook 1 ');
  });
});

describe('a feed', () => {
  let folder: string;
  let store: EventStore;
  let feed: SiemFeed;
  let told: boolean[];
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-siem-'));
    store = memoryEventStore();
    told = [];
  });
  afterEach(async () => {
    await feed.close();
    await store.close();
    fs.rmSync(folder, { recursive: true });
  });

  const bytes = Buffer.from('{}');
  const happens = (...types: string[]) => store.append('x-1', types.map((type) => ({ id: randomUUID(), type, data: bytes, metadata: bytes })), 'any');
  const open = (sink: Sink): void => {
    feed = new SiemFeed({ log: store, placeFile: path.join(folder, 'place'), sink, lineOf: ({ type }) => (type === 'Quiet' ? undefined : type), onHeldUp: (begins) => told.push(begins) });
  };
  /** Keeps what it gets; fails as often as it is told to. */
  class Other implements Sink {
    readonly got: string[] = [];
    failures = 0;
    private waiting: (() => void) | undefined;
    send(lines: readonly string[]): Promise<void> {
      if (this.failures-- > 0) return Promise.reject(new Error('away'));
      this.got.push(...lines);
      this.waiting?.();
      return Promise.resolve();
    }
    async until(count: number): Promise<void> {
      while (this.got.length < count) await new Promise<void>((resolve) => { this.waiting = resolve; });
    }
    close(): void {}
  }

  it('sends what there is and what comes, in order, and leaves out what has no message', async () => {
    const other = new Other();
    await happens('A', 'Quiet', 'B');
    open(other);
    await other.until(2);
    await happens('C');
    await other.until(3);
    expect(other.got).toEqual(['A', 'B', 'C']);
  });

  it('goes on where it stopped', async () => {
    const [first, second] = [new Other(), new Other()];
    await happens('A');
    open(first);
    await first.until(1);
    await feed.close();
    await happens('B');
    open(second);
    await second.until(1);
    expect([first.got, second.got]).toEqual([['A'], ['B']]);
  });

  it('tries again when the other side is away, and says so once', async () => {
    const other = new Other();
    other.failures = 2;
    open(other);
    await happens('A');
    await other.until(1);
    expect({ got: other.got, told }).toEqual({ got: ['A'], told: [true, false] });
  });

  it('sends again at the next start what it could not hand over', async () => {
    const [first, second] = [new Other(), new Other()];
    first.failures = Infinity;
    open(first);
    await happens('A');
    while (told.length === 0) await new Promise(setImmediate);
    await feed.close();
    open(second);
    await second.until(1);
    expect(second.got).toEqual(['A']);
  });

  it('writes to a file that may be rotated away', async () => {
    const file = path.join(folder, 'audit.log');
    const sink = openSink({ kind: 'file', path: file });
    await sink.send(['one', 'two']);
    fs.renameSync(file, `${file}.1`);
    await sink.send(['three']);
    expect([fs.readFileSync(`${file}.1`, 'utf8'), fs.readFileSync(file, 'utf8'), fs.statSync(file).mode & 0o777]).toEqual(['one\ntwo\n', 'three\n', 0o600]);
    open(sink);
  });

  it('speaks syslog over TCP, each message with its length, and sends the last again over a new connection', async () => {
    let said = '';
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (part) => { said += part.toString(); server.emit('said'); });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sink = openSink({ kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port });
    const until = async (text: string) => { while (!said.endsWith(text)) await once(server, 'said'); };
    await sink.send(['é one']);
    await until('6 é one');
    sockets[0]!.destroy();
    while ((sink as unknown as { readonly socket?: object }).socket) await new Promise((resolve) => setTimeout(resolve, 5));
    await sink.send(['two']);
    await until('6 é one3 two');
    sink.close();
    server.close();
    await once(server, 'close');
    open(new Other());
  });

  it('says that nobody listens', async () => {
    const sink = openSink({ kind: 'tcp', host: '127.0.0.1', port: 1 });
    await expect(sink.send(['one'])).rejects.toThrow();
    open(sink);
  });
});
