import { createHmac } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import { WrongExpectedVersionError } from '#kernel';
import type { CommandContext, RecordedEvent } from '#kernel';
import { admitted } from '../../admission.fixtures';
import type { ConsoleParts } from '../../parts';
import type { Answers } from './answers';
import type { Occasion } from './occasion';
import { OnlyRegisteredError } from './only-registered.error';
import { Recorder } from './recorder';
import { tasks } from './tasks';

const CASE = '11111111-1111-4111-8111-111111111111';
const KEY = '22222222-2222-4222-8222-222222222222';
const NOBODY = '00000000-0000-4000-8000-000000000000';

const opening = {
  id: 'opening', type: 'InvestigationOpened', stream: `investigation-${CASE}`, revision: 0, number: 7, position: '7', data: { investigationId: CASE, kind: 'CRIME', area: 'Rotherham', themes: [] },
  metadata: { effectiveAt: { precision: 'day', from: '2019-12-01' }, recordedAt: '2019-12-01T10:00:00.000Z', commandId: 'other', actor: { kind: 'unverified', id: 'unverified' }, track: 'STANDARD' },
} as unknown as RecordedEvent;

interface Order {
  readonly type: string;
  readonly nominalId?: string;
  readonly data: { readonly nominalId?: string };
  readonly context: CommandContext;
}

const occasion = { admission: admitted(), task: tasks.find(({ slug }) => slug === 'link-suspect')!, found: { id: CASE } } as unknown as Occasion;

const answersOn = (day: string, familyName = 'Birkhead'): Answers => ({
  errors: [], twice: false, plain: { quality: 'NAMED', nominalId: NOBODY, effectiveAt: { precision: 'day', from: day } },
  person: { choice: 'new', person: { familyName, sex: '1', selfDefinedEthnicity: 'NS', officerDefinedEthnicity: 'IC1', nationality: 'GBR' } },
});

describe('recording a new person with a link', () => {
  let sent: Order[];
  let refusal: Error | undefined;
  let recorder: Recorder;

  beforeEach(() => {
    [sent, refusal] = [[], undefined];
    const parts = {
      ledger: { history: async () => ({ events: [opening], revision: 0 }) }, reads: { waitFor: async () => undefined },
      clock: () => Date.parse('2019-12-31T17:00:00Z'), vault: { digest: (text: string) => createHmac('sha256', 'k').update(text).digest('base64url') },
    } as unknown as ConsoleParts;
    const bus = {
      execute: async (order: Order) => {
        sent.push(order);
        if (order.type === 'LinkSuspect' && refusal) throw refusal;
        return { stream: opening.stream, revision: 1, position: '8', events: [opening.id] };
      },
    } as unknown as CommandBus;
    recorder = new Recorder(parts, bus);
  });

  it('sends nothing at all when the rules refuse the link', async () => {
    await expect(recorder.record(occasion, answersOn('2018-01-01'), { key: KEY })).rejects.toMatchObject({ code: 'BEFORE_OPENING' });
    expect(sent).toEqual([]);
  });

  it('sends nothing when somebody recorded since the form was shown', async () => {
    await expect(recorder.record(occasion, answersOn('2019-12-02'), { key: KEY, revision: 5 })).rejects.toBeInstanceOf(WrongExpectedVersionError);
    expect(sent).toEqual([]);
  });

  it('registers the person and links that person', async () => {
    await recorder.record(occasion, answersOn('2019-12-02'), { key: KEY });
    expect(sent.map(({ type }) => type)).toEqual(['RegisterPerson', 'LinkSuspect']);
    expect(sent[1]!.data.nominalId).toBe(sent[0]!.nominalId);
    for (const { context } of sent) expect(context.actor).toEqual({ kind: 'user', id: 'DS 1', role: 'SUPERVISOR', agency: 'SYP', team: 'Team 1' });
  });

  it('makes the same person of the same answers, and another of others', async () => {
    for (const name of ['Birkhead', 'Birkhead', 'Hargreave']) await recorder.record(occasion, answersOn('2019-12-02', name), { key: KEY });
    const [first, again, other] = sent.filter(({ type }) => type === 'RegisterPerson').map(({ nominalId }) => nominalId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('says who was registered when the link came too late all the same', async () => {
    refusal = new WrongExpectedVersionError(opening.stream, 0, 1);
    const error = await recorder.record(occasion, answersOn('2019-12-02'), { key: KEY, revision: 0 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OnlyRegisteredError);
    expect(error).toMatchObject({ nominalId: sent[0]!.nominalId, cause: refusal });
  });
});
