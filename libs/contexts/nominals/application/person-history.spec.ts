import type { CommandContext, NominalId, RecordKeyId } from '#kernel';
import { EventCodec, Ledger, memoryEventStore } from '#platform/event-store';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { NominalCommand } from '../domain/nominal.commands';
import { nominal } from '../domain/nominal.decider';
import { nominalStream } from './nominal.handlers';
import { PersonHistory } from './person-history';

const id = '6f2f4a2e-0000-4000-8000-000000000001' as NominalId;
const key = `nominal-${id}` as RecordKeyId;
const own = (unsealed: string) => ({ unsealed, key });
const person = (familyName: string) => ({
  nominalId: id, familyName: own(familyName), dateOfBirth: own('1988-03-31'), sex: '2', selfDefinedEthnicity: { notRecorded: 'REFUSED' },
  officerDefinedEthnicity: { code: 'IC1' }, nationality: { code: 'GBR' },
});

describe('the history of a person', () => {
  it('shows what was corrected, in opened words, and erased once the key of the person is gone', async () => {
    const keys = memoryKeyStore();
    const vault = await openVault(keys);
    let now = Date.parse('2019-01-01T09:00:00Z');
    const ledger = new Ledger(memoryEventStore(), new EventCodec(), vault, () => now, 'daybook test');
    const record = (type: string, data: object, more: object = {}) => {
      now += 60_000;
      const context = {
        commandId: `00000000-0000-4000-8000-${String(now).slice(-12)}`, correlationId: 'c', actor: { kind: 'user', id: 'DC 1' }, effectiveAt: { precision: 'day', from: '2019-01-01' },
        regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT', ...more,
      } as unknown as CommandContext;
      return ledger.transact(nominal, nominalStream(id), { type, data, context } as NominalCommand);
    };
    await record('RegisterPerson', person('Planted'));
    await record('CorrectPerson', person('Plantid'), { reason: { unsealed: 'misread', key: 'text-1' } });
    const history = new PersonHistory(ledger, vault, { numberRecordedBy: () => 0 });
    const entries = await history.history(id);
    expect(entries).toMatchObject([
      { type: 'PersonRegistered', data: { familyName: 'Planted', dateOfBirth: '1988-03-31' }, correctedBy: { number: 1 } },
      { type: 'PersonRegistered', data: { familyName: 'Plantid' }, reason: 'misread', corrects: { number: 0 }, changes: [{ field: 'data.familyName', before: 'Planted', after: 'Plantid' }] },
    ]);
    expect(await history.upTo(id, 0)).toHaveLength(1);
    expect(await history.history(id, now)).toHaveLength(1);
    await keys.destroy(key);
    expect((await history.history(id))[1]).toMatchObject({ data: { familyName: { erased: true } } });
  });
});
