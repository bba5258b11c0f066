import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { openEmbeddedReader, START } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { LogAudit } from './store/log-audit';
import type { Ack } from './store/log-audit';
import { mountMissing, mountSmallDisk } from './store/mounts';
import type { Mounted } from './store/mounts';

const CYCLES = process.env.DAYBOOK_FAULTS === 'soak' ? 500 : 50;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const LANES = 2;
const DISK_BYTES = 16 * 1024 * 1024;
const BALLAST_BYTES = 64 * 1024;

interface Reads { readonly events: number; readonly isHead: boolean; readonly isWhole: boolean }
interface Full { readonly healthy: string | null; readonly trouble?: string; readonly reads: Reads; readonly backup: string }
interface Opened { readonly opened: string; readonly message?: string; readonly reads?: Reads }
type Told = Ack & { readonly refused?: string; readonly written?: string; readonly message?: string };
type Line = Partial<Told & Opened> & { readonly full?: Full; readonly rested?: true; readonly closed?: true };

/** A program with the log open, on the disk that is filling up. */
class Writer {
  private readonly lines: AsyncIterator<string>;
  private complaint = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on('data', (bytes: Buffer) => { this.complaint += bytes.toString('utf8'); });
  }

  static async open(file: string, run: number, seed: number): Promise<{ writer: Writer; opened: Opened }> {
    const writer = new Writer(spawn(process.execPath, [path.join(__dirname, 'store/full-disk.child.cjs'), file, String(run), String(seed)]));
    return { writer, opened: (await writer.line()) as Opened };
  }

  /** Appends until nothing fits; answers what each append was told. */
  async fill(): Promise<{ told: Told[]; full: Full }> {
    this.child.stdin.write('fill\n');
    const told: Told[] = [];
    for (;;) {
      const line = await this.line();
      if (line.full) return { told, full: line.full };
      told.push(line as Told);
    }
  }

  async obey(order: 'rest' | 'close'): Promise<void> {
    this.child.stdin.write(`${order}\n`);
    await this.line();
    if (order === 'close') await this.ended();
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended();
  }

  private async ended(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  private async line(): Promise<Line> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the writer ended by itself: ${this.child.signalCode ?? this.child.exitCode} ${this.complaint}`);
    return JSON.parse(value as string) as Line;
  }
}

/** One log after another on one small disk, each filled again and again until nothing is left that could be freed for it. */
class Lane {
  readonly violations: string[] = [];
  readonly seen = { cycles: 0, acks: 0, refusals: 0, wentOn: 0, restarts: 0, backups: 0, logs: 0 };
  private writer: Writer | undefined;
  private audit = new LogAudit();
  private checked = START;
  private run = 0;
  private log = '';

  constructor(private readonly disk: string, private readonly random: Seeded) {}

  async live(cycles: number): Promise<void> {
    try {
      while (this.seen.cycles < cycles) {
        this.layOut();
        do {
          await this.cycle();
          await this.cutShort();
        } while (this.free() && this.seen.cycles < cycles);
        await this.end();
      }
    } finally {
      await this.writer?.kill();
    }
  }

  private async cycle(): Promise<void> {
    this.seen.cycles++;
    if (!this.writer) await this.start();
    const { told, full } = await this.writer!.fill();
    const acks = told.filter(({ refused }) => refused === undefined);
    const refused = told.filter((one) => one.refused !== undefined);
    this.seen.acks += acks.length;
    this.seen.refusals += refused.length;
    if (told[0]!.refused === undefined && full.healthy === null) this.seen.wentOn++;
    this.expect(told[0]!.refused === undefined, `after room was made, the first append was refused: ${told[0]!.message}`);
    this.expect(full.healthy === null, `after an append that succeeded, the store still says: ${full.healthy}`);
    this.expect(full.trouble !== undefined, 'a full store does not say what is wrong');
    for (const { refused: code, written, message } of refused)
      this.expect(code === 'STORE_UNAVAILABLE' && written === 'no' && message!.includes('SQLITE_FULL'), `refused with ${code} (${written}): ${message}`);
    await this.inspect(acks, refused);
    this.read(full.reads);
    this.expect(['MADE', 'COPY_FAILED'].includes(full.backup), `a backup ended with ${full.backup}`);
    if (full.backup === 'COPY_FAILED') this.seen.backups++;
    this.expect(full.backup === 'MADE' || !fs.existsSync(`${this.log}.backup`), 'a backup that failed left a file');
    this.expect(!fs.existsSync(`${this.log}.backup.part`), 'a backup left a part of a file');
    fs.rmSync(`${this.log}.backup`, { force: true });
  }

  /** By turns the program goes on, is idle, is restarted or killed; what starts anew finds the disk full. */
  private async cutShort(): Promise<void> {
    const how = this.random.below(10);
    if (how < 5) return;
    if (how === 5) return this.writer!.obey('rest');
    if (how < 8) await this.writer!.obey('close');
    else await this.writer!.kill();
    this.writer = undefined;
    this.seen.restarts++;
    await this.start();
  }

  private async start(): Promise<void> {
    const { writer, opened } = await Writer.open(this.log, this.run++, this.random.below(2 ** 31));
    this.expect(opened.opened === 'OPENED', `the log opened with ${opened.opened}: ${opened.message}`);
    if (opened.opened !== 'OPENED') return;
    this.writer = writer;
    this.read(opened.reads!);
  }

  private read({ events, isHead, isWhole }: Reads): void {
    this.expect(events === this.audit.events && isHead && isWhole, `the store reads ${events} events of ${this.audit.events}, to the head: ${isHead}, a stream whole: ${isWhole}`);
  }

  /** Reads what is new in the log, as another program may while the disk is full. */
  private async inspect(acks: readonly Ack[], refused: readonly Told[]): Promise<void> {
    const reader = openEmbeddedReader(this.log);
    for await (const page of reader.readAll(this.checked)) {
      this.audit.add(page);
      this.checked = page.at(-1)!.position;
    }
    await reader.close();
    this.audit.expectWhole();
    this.audit.expectAcks(acks);
    for (const one of refused) this.expect(!this.audit.holds(one), `batch ${one.batch} was refused and is there`);
  }

  /** A new log and nearly as much ballast as fits beside it. */
  private layOut(): void {
    this.log = path.join(this.disk, `${this.seen.logs++}.db`);
    this.audit = new LogAudit();
    this.checked = START;
    // By turns a log that is checkpointed on its way, so that the checkpoint finds no room, and one of any size.
    const blocks = 48 + (this.seen.logs % 2 ? this.random.below(16) : this.random.below(DISK_BYTES / BALLAST_BYTES - 60));
    for (let i = 0; i < blocks; i++) fs.writeFileSync(path.join(this.disk, `ballast-${i}`), Buffer.alloc(BALLAST_BYTES, 1));
  }

  /** Takes some ballast away; false when little is left. */
  private free(): boolean {
    const blocks = fs.readdirSync(this.disk).filter((name) => name.startsWith('ballast'));
    const taken = 2 + this.random.below(8);
    for (const name of blocks.slice(0, taken)) fs.rmSync(path.join(this.disk, name));
    return blocks.length > taken;
  }

  private async end(): Promise<void> {
    await this.writer?.obey('close');
    this.writer = undefined;
    const whole = new LogAudit();
    const reader = openEmbeddedReader(this.log);
    for await (const page of reader.readAll(START)) whole.add(page);
    await reader.close();
    whole.expectWhole();
    this.expect(whole.events === this.audit.events, `${whole.events} events after the end, ${this.audit.events} before`);
    this.violations.push(...whole.violations, ...this.audit.violations);
    for (const name of fs.readdirSync(this.disk)) fs.rmSync(path.join(this.disk, name));
  }

  private expect(holds: boolean, otherwise: string): void {
    if (!holds) this.violations.push(`log ${this.log}, cycle ${this.seen.cycles}: ${otherwise}`);
  }
}

const missing = mountMissing();
const when = missing ? describe.skip : describe;

when(`a disk of 16 MiB that was filled ${CYCLES} times (DAYBOOK_SEED=${SEED})${missing ? `: ${missing}` : ''}`, () => {
  const disks: Mounted[] = [];
  beforeAll(() => { for (let lane = 0; lane < LANES; lane++) disks.push(mountSmallDisk(`size=${DISK_BYTES}`)); });
  afterAll(() => Promise.all(disks.map((disk) => disk.unmount())));

  it('holds every event that was acknowledged and none that was refused, can be read when full, and takes more when there is room again', async () => {
    const lanes = disks.map(({ place }, lane) => new Lane(place, new Seeded(SEED + lane)));
    const ends = await Promise.allSettled(lanes.map((lane) => lane.live(Math.ceil(CYCLES / LANES))));
    expect(lanes.flatMap(({ violations }) => violations)).toEqual([]);
    expect(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))).toEqual([]);
    const total = (of: keyof Lane['seen']): number => lanes.reduce((sum, { seen }) => sum + seen[of], 0);
    expect(total('cycles')).toBe(CYCLES);
    expect(total('wentOn')).toBe(CYCLES);
    expect(total('refusals')).toBeGreaterThan(CYCLES * 3);
    expect(total('acks')).toBeGreaterThan(CYCLES * 10);
    expect(total('restarts')).toBeGreaterThan(CYCLES / 10);
    expect(total('backups')).toBeGreaterThan(CYCLES / 2);
  }, 60 * 60_000);
});
