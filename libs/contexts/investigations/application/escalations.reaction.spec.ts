import { londonDate } from '#kernel';
import type { InvestigationId, OfficerId } from '#kernel';
import { EventCodec, Ledger, memoryEventStore, START } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { jobId } from '#platform/jobs';
import type { Due, Reaction } from '#platform/jobs';
import { memoryKeyStore, openVault } from '#platform/vault';
import { MemoryReads } from '#test/memory-reads';
import { investigation } from '../domain/investigation.decider';
import * as acts from '../domain/investigation.fixtures';
import { EscalationReader } from '../read/escalation-reader';
import { investigationProjections } from '../read/investigation.projection';
import { CaseAccess } from './case-access';
import { escalationReactions } from './escalations.reaction';

const HOUR = 3_600_000;
const id = '6f2f4a2e-0000-4000-8000-000000000001' as InvestigationId;
const linkId = '6f2f4a2e-0000-4000-8000-00000000000a';

/** A ledger with its read model, and the reactions over both, on a clock that is set by hand. */
class Night {
  now = Date.parse('2019-03-01T12:00:00Z');
  private position = START;
  private serial = 0;
  readonly reads = new MemoryReads(investigationProjections);
  readonly reactions: readonly Reaction[];

  constructor(private readonly store: EventStore, private readonly codec: EventCodec, readonly ledger: Ledger, supervisors: readonly string[]) {
    const escalations = new EscalationReader(this.reads, () => this.now, [{ from: '2019-01-01' as never, initialDays: 28, everyDays: 28 }]);
    this.reactions = escalationReactions({
      escalations, ledger, caseAccess: new CaseAccess(ledger, this.reads), supervises: (officer: OfficerId) => supervisors.includes(officer), clock: () => this.now,
    });
  }

  static async over(supervisors: readonly string[] = ['DS 9']): Promise<Night> {
    const [store, codec] = [memoryEventStore(), new EventCodec()];
    const nights: Night[] = [];
    const ledger = new Ledger(store, codec, await openVault(memoryKeyStore()), () => nights[0]!.now, 'daybook test');
    return (nights[0] = new Night(store, codec, ledger, supervisors));
  }

  async record(...orders: readonly ReturnType<typeof acts.open>[]): Promise<void> {
    for (const order of orders) {
      const commandId = `00000000-0000-4000-8000-${String(this.serial++).padStart(12, '0')}`;
      await this.ledger.transact(investigation, `investigation-${id}`, { ...order, context: { ...order.context, commandId, correlationId: commandId } } as never);
    }
    await this.catchUp();
  }

  async catchUp(): Promise<void> {
    for await (const page of this.store.readAll(this.position)) {
      for (const stored of page) this.reads.apply(this.codec.decode(stored));
      this.position = page.at(-1)!.position;
    }
  }

  due(): readonly (readonly [string, string])[] {
    return this.reactions.flatMap(({ name, due }) => (due({ now: this.now, limit: 10 }) as readonly Due[]).map((found) => [name, jobId({ reaction: name, ...found })] as const));
  }

  async perform(times = 1): Promise<void> {
    for (const { name, due, perform } of this.reactions)
      for (const found of due({ now: this.now, limit: 10 }) as readonly Due[])
        await Promise.all(Array.from({ length: times }, () => perform({ reaction: name, ...found, attempt: 1, signal: new AbortController().signal, report: () => undefined })));
    await this.catchUp();
  }

  async escalated(): Promise<readonly object[]> {
    const { events } = await this.ledger.history(`investigation-${id}`);
    return events.filter(({ type }) => type.endsWith('Escalated')).map(({ type, data, metadata: { actor } }) => ({ type, ...data, by: actor }));
  }
}

const by = { kind: 'system', id: 'reactions' };
const opened = () => acts.open('2019-03-01', { investigationId: id });
const given = (supervisor?: string) => ({ ...acts.allocate('DC 1', '2019-03-02'), data: { officer: 'DC 1', team: 'CID', ...(supervisor && { supervisor }) } });
const named = () => acts.link('2019-03-10', linkId);

describe('the program', () => {
  it('lays each deadline before the supervisor in the night after it', async () => {
    const night = await Night.over();
    night.now = Date.parse('2019-03-12T12:00:00Z');
    await night.record(opened(), given('DS 9'), named());
    const seen: string[] = [];
    for (; night.now < Date.parse('2019-06-10'); night.now += 12 * HOUR) {
      const due = night.due();
      if (due.length > 0) seen.push(...due.map(([name]) => `${londonDate(night.now)} ${name}`));
      await night.perform();
    }
    expect(seen).toEqual(['2019-03-31 escalate-overdue-reviews', '2019-06-03 escalate-outstanding-suspects']);
    expect(await night.escalated()).toEqual([
      { type: 'OverdueReviewEscalated', since: '2019-03-02', dueOn: '2019-03-30', stage: 'LOCAL_SUPERVISOR', owner: 'DS 9', by },
      { type: 'OutstandingSuspectEscalated', linkId, since: '2019-03-10', dueOn: '2019-06-02', stage: 'LOCAL_SUPERVISOR', owner: 'DS 9', by },
    ]);
  });

  it('escalates once, though a job comes three times at the same moment and again from a read model that has not caught up', async () => {
    const night = await Night.over();
    night.now = Date.parse('2019-04-10T12:00:00Z');
    await night.record(opened(), given('DS 9'));
    const [reaction] = night.reactions;
    const [due] = reaction!.due({ now: night.now, limit: 10 }) as readonly Due[];
    await night.perform(3);
    await reaction!.perform({ reaction: reaction!.name, ...due!, attempt: 2, signal: new AbortController().signal, report: () => undefined });
    expect(await night.escalated()).toHaveLength(1);
  });

  it('does nothing, and fails at nothing, where the work is not due any more when its job comes', async () => {
    const night = await Night.over();
    night.now = Date.parse('2019-07-10T12:00:00Z');
    await night.record(opened(), given('DS 9'), named());
    const jobs = night.reactions.map((reaction) => [reaction, (reaction.due({ now: night.now, limit: 10 }) as readonly Due[])[0]!] as const);
    await night.record(acts.review('2019-07-09'), { ...acts.arrest('2019-05-01', linkId) });
    for (const [reaction, due] of jobs) await reaction.perform({ reaction: reaction.name, ...due, attempt: 1, signal: new AbortController().signal, report: () => undefined });
    await night.reactions[0]!.perform({ reaction: 'x', subject: '6f2f4a2e-0000-4000-8000-000000000099', due: '2019-03-31', attempt: 1, signal: new AbortController().signal, report: () => undefined });
    expect(await night.escalated()).toEqual([]);
  });

  it.each([['has left', 'DS 8'], ['was never named', undefined]])('addresses it to the rank above where the supervisor %s', async (_, supervisor) => {
    const night = await Night.over();
    night.now = Date.parse('2019-04-10T12:00:00Z');
    await night.record(opened(), given(supervisor));
    await night.perform();
    expect(await night.escalated()).toEqual([{ type: 'OverdueReviewEscalated', since: '2019-03-02', dueOn: '2019-03-30', stage: 'INSPECTOR', by }]);
  });

  it('asks page by page for the same work', async () => {
    const night = await Night.over();
    night.now = Date.parse('2019-07-10T12:00:00Z');
    await night.record(opened(), given('DS 9'), named(), acts.link('2019-03-11', '6f2f4a2e-0000-4000-8000-00000000000b'));
    const [, suspects] = night.reactions;
    const [first] = suspects!.due({ now: night.now, limit: 1 }) as readonly Due[];
    const [second] = suspects!.due({ now: night.now, limit: 1, after: first! }) as readonly Due[];
    expect([first, second]).toEqual([{ subject: `${id}.${linkId}`, due: '2019-06-03' }, { subject: `${id}.6f2f4a2e-0000-4000-8000-00000000000b`, due: '2019-06-04' }]);
    expect(suspects!.due({ now: night.now, limit: 1, after: second! })).toEqual([]);
  });
});
