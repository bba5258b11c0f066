import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codec } from '../../apps/daybook/codec';
import { projections } from '../../apps/daybook/projections';
import { loadSample } from '../../apps/daybook/sample/load-sample';
import { rotherham2019 } from '../../apps/daybook/sample/rotherham-2019';
import { importPoliceUk, investigation, InvestigationReader } from '#contexts/investigations';
import type { Figures, InvestigationCommand } from '#contexts/investigations';
import type { CommandContext, EffectiveAt, RecordKeyId } from '#kernel';
import { idFrom, Ledger, memoryEventStore, START } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { fromRoot } from '#platform/settings';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { Vault } from '#platform/vault';
import { MemoryReads } from '../support/memory-reads';

const { end } = rotherham2019;
const DAY = 86_400_000;
const HOME = { area: 'Rotherham' } as const;
interface Order {
  readonly type: InvestigationCommand['type'];
  readonly data: object;
}

const brief = ({ investigations: { active, noSuspectIdentified, suspectOutstanding, suspectOutstandingOverThreshold } }: Figures): number[] =>
  [active, noSuspectIdentified, suspectOutstanding, suspectOutstandingOverThreshold];

/** The desk in 2020: a clock that moves on half a day with every command. */
class Desk {
  private now = end;
  private readonly ledger: Ledger;
  private serial = 0;

  constructor(readonly store: EventStore, vault: Vault) {
    this.ledger = new Ledger(store, codec, vault, () => this.now, 'daybook test');
  }

  /** Records something that happened on a day; default: today. */
  async record(investigationId: string, order: Order, on?: string): Promise<string> {
    this.now += DAY / 2;
    const commandId = idFrom('a year later', String(this.serial++));
    const effectiveAt: EffectiveAt = on ? { precision: 'day', from: on } : { precision: 'minute', from: new Date(this.now).toISOString().slice(0, 16) + 'Z' };
    const context: CommandContext = {
      commandId, correlationId: commandId, actor: { kind: 'system', id: 'spec' }, effectiveAt, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT',
      reason: { unsealed: 'keyed wrongly', key: `text-${commandId}` as RecordKeyId },
    };
    const { events } = await this.ledger.transact(investigation, `investigation-${investigationId}`, { ...order, context } as unknown as InvestigationCommand);
    return events[0]!;
  }

  async import(...paths: readonly string[]): Promise<void> {
    this.now = Date.parse('2022-12-31T12:00:00Z');
    const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-later-'));
    await importPoliceUk({ paths, ledger: this.ledger, dataFolder, now: () => this.now });
    fs.rmSync(dataFolder, { recursive: true });
  }
}

/** New cases, cases of before that come late, suspects dealt with now or found to have been dealt with then, closings, corrections. */
const aYearOfWork = async (desk: Desk, then: InvestigationReader): Promise<void> => {
  const waiting = then.outstandingSuspects(HOME, { limit: 120 }).items;
  const open = then.list({ ...HOME, suspect: 'none' }, { limit: 4 }).items;
  for (const [i, { investigationId, linkId }] of waiting.entries()) {
    if (i % 3 === 0) await desk.record(investigationId, { type: 'ArrestSuspect', data: { linkId } });
    if (i % 3 === 1) await desk.record(investigationId, { type: 'ArrestSuspect', data: { linkId } }, '2019-12-31');
    if (i % 3 === 2) await desk.record(investigationId, { type: 'RecordSuspectDeceased', data: { linkId } });
  }
  for (const { investigationId } of open) {
    const nominalId = idFrom('a year later', investigationId);
    await desk.record(investigationId, { type: 'LinkSuspect', data: { linkId: idFrom(nominalId, 'link'), quality: 'NAMED', nominalId } }, '2019-12-31');
  }
  for (let i = 0; i < 60; i++) {
    const investigationId = idFrom('a year later', 'case', String(i));
    const opening = { investigationId, kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], crimes: [{ crimeId: idFrom(investigationId), offence: 'Robbery' }] };
    const opened = await desk.record(investigationId, { type: 'OpenInvestigation', data: opening }, i % 2 === 0 ? '2019-11-05' : undefined);
    const { crimes: _, ...data } = opening;
    if (i % 4 === 0) await desk.record(investigationId, { type: 'CorrectEntry', data: { event: opened, type: 'InvestigationOpened', data } }, '2018-02-01');
    if (i % 5 === 0) await desk.record(investigationId, { type: 'CancelInvestigation', data: { reason: 'RECORDED_IN_ERROR' } });
  }
};

/** Brings read models up to the end of the log. */
const catchUp = async (reads: MemoryReads, store: EventStore): Promise<void> => {
  reads.db.raw.exec('BEGIN');
  for await (const page of store.readAll(reads.checkpoint().position || START, { pageSize: 5_000 })) reads.apply(...page.map((event) => codec.decode(event)));
  reads.db.raw.exec('COMMIT');
};

describe('the sample after a year of work and an import of other areas', () => {
  let later: InvestigationReader;
  beforeAll(async () => {
    const store = memoryEventStore();
    const vault = await openVault(memoryKeyStore());
    await loadSample({ store, codec, vault, program: 'daybook test' });
    const desk = new Desk(store, vault);
    const reads = new MemoryReads(projections);
    await catchUp(reads, store);
    await aYearOfWork(desk, new InvestigationReader(reads, () => end));
    await desk.import(fromRoot('test', 'import', 'sample-csv'));
    await catchUp(reads, store);
    later = new InvestigationReader(reads, () => Date.parse('2022-12-31T12:00:00Z'));
  }, 120_000);

  it('still has the figures of its end, as recorded then', () => {
    const figures = later.figures(HOME, { effective: end, recorded: end });
    expect(brief(figures)).toEqual([1_800, 4, 207, 1]);
    expect(figures.bands.map(({ investigations }) => investigations)).toEqual([104, 63, 39, 1]);
  });

  it('lists as many as the figures say', () => {
    const asAt = { effective: end, recorded: end };
    const total = (filter: object): number => later.list({ ...HOME, ...filter }, { limit: 1 }, asAt).total;
    expect([total({}), total({ suspect: 'none' }), total({ suspect: 'outstanding' }), total({ wait: '85+' })]).toEqual([1_800, 4, 207, 1]);
  });

  it('knows by now what was late about that moment', () => {
    const [active, unidentified] = brief(later.figures(HOME, { effective: end, recorded: 'now' }));
    expect(active).toBe(1_830); // thirty cases that had come by then were recorded in the year after
    expect(unidentified).toBe(30); // those thirty: the four of before were named after all
  });

  it('has other figures by now, and the other areas beside them', () => {
    const [active, , outstanding] = brief(later.figures(HOME));
    expect(active).not.toBe(1_800);
    expect(outstanding).toBeLessThan(207);
    expect(later.figures({ area: 'all' }).investigations.active).toBeGreaterThan(active!);
    expect(later.list({ area: 'Northton', status: 'all' }, { limit: 1 }).total).toBeGreaterThan(0);
  });
});
