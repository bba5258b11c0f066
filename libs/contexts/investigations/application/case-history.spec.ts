import { instantOf } from '#kernel';
import type { CommandContext, Decider, Fact, InvestigationId, Message, RecordKeyId } from '#kernel';
import { EventCodec, Ledger, memoryEventStore } from '#platform/event-store';
import { memoryKeyStore, openVault } from '#platform/vault';
import { CaseHistory } from './case-history';

const id = '6f2f4a2e-0000-4000-8000-000000000001' as InvestigationId;
const stream = `investigation-${id}`;
const day = (date: string) => ({ precision: 'day', from: date }) as const;
const at = (text: string) => Date.parse(text);

/** Records whatever it is told to. */
const scribe: Decider<{ facts: readonly Fact<Message>[] }, null, Message> = {
  initialState: null, decide: ({ facts }) => facts, evolve: () => null,
};

const desk = async () => {
  const keys = memoryKeyStore();
  const vault = await openVault(keys);
  let now = at('2019-01-01T00:00:00Z');
  const ledger = new Ledger(memoryEventStore(), new EventCodec(), vault, () => now, 'daybook test');
  const recorded: number[] = [];
  const record = async (when: string, date: string, fact: Fact<Message>, reason?: string): Promise<string> => {
    now = at(when);
    recorded.push(now);
    const context = {
      commandId: `00000000-0000-4000-8000-${String(recorded.length).padStart(12, '0')}`, correlationId: 'c', actor: { kind: 'user', id: 'DC 1' },
      effectiveAt: day(date), regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT',
      ...(reason && { reason: { unsealed: reason, key: `text-${recorded.length}` as RecordKeyId } }),
    } as CommandContext;
    return (await ledger.transact(scribe, stream, { facts: [fact], context })).events[0]!;
  };
  const numberRecordedBy = (ms: number): number => recorded.filter((each) => each <= ms).length - 1;
  return { keys, record, history: new CaseHistory(ledger, vault, { numberRecordedBy }) };
};

const opened = (area: string): Message => ({ type: 'InvestigationOpened', data: { area, title: { unsealed: 'Op Quennell', key: 'text-title' } } });
const arrested: Message = { type: 'SuspectArrested', data: { linkId: 'x' } };

describe('the history of a case', () => {
  it('shows every entry in the order of recording, with sealed texts opened', async () => {
    const { record, history } = await desk();
    await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'), 'as told by the duty desk');
    await record('2019-03-01T09:00:00Z', '2019-01-05', arrested);
    expect(await history.history(id)).toMatchObject([
      {
        number: 0, revision: 0, stream, type: 'InvestigationOpened', effectiveAt: day('2019-01-01'), recordedAt: instantOf(at('2019-01-02T09:00:00Z')),
        actor: { kind: 'user', id: 'DC 1' }, data: { area: 'Rotherham', title: 'Op Quennell' }, reason: 'as told by the duty desk',
      },
      { number: 1, revision: 1, type: 'SuspectArrested' },
    ]);
  });

  it('says erased where the key of a text is gone', async () => {
    const { keys, record, history } = await desk();
    await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'));
    await keys.destroy('text-title' as RecordKeyId);
    expect(await history.history(id)).toMatchObject([{ data: { area: 'Rotherham', title: { erased: true } } }]);
  });

  it('links a correction with what it corrects and says what changed', async () => {
    const { record, history } = await desk();
    const first = await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'));
    const second = await record('2019-02-02T09:00:00Z', '2018-12-31', { ...opened('Barnsley'), corrects: { event: first, as: 'replacement' } });
    const [before, after] = await history.history(id);
    expect(before).toMatchObject({ correctedBy: { event: second, number: 1, as: 'replacement' } });
    expect(after).toMatchObject({
      corrects: { event: first, number: 0, as: 'replacement' },
      changes: [
        { field: 'effectiveAt', before: day('2019-01-01'), after: day('2018-12-31') },
        { field: 'data.area', before: 'Rotherham', after: 'Barnsley' },
      ],
    });
  });

  it('holds only what was recorded by the moment asked for, and does not know what was put right later', async () => {
    const { record, history } = await desk();
    const first = await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'));
    await record('2019-02-02T09:00:00Z', '2019-01-01', { type: 'EntryVoided', data: {}, corrects: { event: first, as: 'void' } });
    const then = await history.history(id, { effective: at('2019-01-15T00:00:00Z'), recorded: at('2019-01-15T00:00:00Z') });
    expect(then).toHaveLength(1);
    expect(then[0]).not.toHaveProperty('correctedBy');
  });

  it('leaves out what had not happened yet, though it is recorded by now', async () => {
    const { record, history } = await desk();
    await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'));
    await record('2019-03-01T09:00:00Z', '2019-02-01', arrested);
    expect(await history.history(id, { effective: at('2019-01-31T23:59:59Z'), recorded: 'now' })).toHaveLength(1);
    expect(await history.history(id, { effective: at('2019-02-01T00:00:00Z'), recorded: 'now' })).toHaveLength(2);
  });

  it('shows a void wherever it shows the entry that was taken away', async () => {
    const { record, history } = await desk();
    const first = await record('2019-01-02T09:00:00Z', '2019-01-01', arrested);
    await record('2019-06-02T09:00:00Z', '2019-06-02', { type: 'EntryVoided', data: {}, corrects: { event: first, as: 'void' } });
    const entries = await history.history(id, { effective: at('2019-01-31T00:00:00Z'), recorded: 'now' });
    expect(entries.map(({ type }) => type)).toEqual(['SuspectArrested', 'EntryVoided']);
    expect(entries[0]).toMatchObject({ correctedBy: { as: 'void', number: 1 } });
  });

  it('shows what a correction replaced as standing again once the correction is taken away, and by which it is replaced after that', async () => {
    const { record, history } = await desk();
    const first = await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'));
    const second = await record('2019-02-02T09:00:00Z', '2019-01-01', { ...opened('Barnsley'), corrects: { event: first, as: 'replacement' } });
    await record('2019-03-02T09:00:00Z', '2019-01-01', { type: 'EntryVoided', data: {}, corrects: { event: second, as: 'void' } });
    const [before, correction] = await history.history(id);
    expect(before).not.toHaveProperty('correctedBy');
    expect(correction).toMatchObject({ correctedBy: { as: 'void', number: 2 } });
    await record('2019-04-02T09:00:00Z', '2019-01-01', { ...opened('Doncaster'), corrects: { event: first, as: 'replacement' } });
    expect((await history.history(id))[0]).toMatchObject({ correctedBy: { as: 'replacement', number: 3 } });
  });

  it('can end with any event, and then knows only what corrected an entry up to it', async () => {
    const { record, history } = await desk();
    const first = await record('2019-01-02T09:00:00Z', '2019-01-01', opened('Rotherham'));
    const second = await record('2019-02-02T09:00:00Z', '2019-01-01', { ...opened('Barnsley'), corrects: { event: first, as: 'replacement' } });
    await record('2019-02-02T09:00:00Z', '2019-01-01', { type: 'EntryVoided', data: {}, corrects: { event: second, as: 'void' } });
    expect((await history.upTo(id, 0))[0]).not.toHaveProperty('correctedBy');
    expect(await history.upTo(id, 1)).toMatchObject([{ correctedBy: { number: 1 } }, { number: 1 }]);
    expect(await history.upTo(id, 2)).toEqual(await history.history(id));
  });

  it('is empty where there is no such investigation', async () => expect(await (await desk()).history.history(id)).toEqual([]));
});
