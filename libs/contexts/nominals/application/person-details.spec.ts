import type { HistoryEntry } from '#platform/history';
import { personDetails } from './person-details';

let next = 0;
beforeEach(() => void (next = 0));
const entry = (type: string, data: object, more: Partial<HistoryEntry> = {}): HistoryEntry => {
  const number = 10 + next++;
  return {
    number, stream: 'nominal-n', revision: number - 10, id: `e${number}`, type, data, effectiveAt: { precision: 'day', from: '2019-03-01' },
    recordedAt: '2019-03-01T09:00:00.000Z', actor: { kind: 'user', id: 'DC 1' }, ...more,
  };
};
const registered = (familyName: unknown, more: object = {}) => ({
  nominalId: 'n', familyName, sex: '1', selfDefinedEthnicity: { code: 'W1' }, officerDefinedEthnicity: { notRecorded: 'NOT_ASKED' }, nationality: { code: 'GBR' }, ...more,
});
const by = (number: number, as: 'replacement' | 'void') => ({ event: `e${number}`, number, as });

describe('what the record of a person comes to', () => {
  it('is nothing before there is a registration', () => expect(personDetails([])).toBeUndefined());

  it('is the details as last put right, under the reference of the first registration', () => {
    const found = personDetails([
      entry('PersonRegistered', registered('Planted'), { correctedBy: by(11, 'replacement') }),
      entry('PersonRegistered', registered('Plantid', { givenNames: 'Alex', dateOfBirth: '1988-03-31' }), { corrects: by(10, 'replacement') }),
    ]);
    expect(found).toMatchObject({
      nominalId: 'n', reference: 'PER-10', familyName: 'Plantid', givenNames: 'Alex', dateOfBirth: '1988-03-31', sex: '1', selfDefinedEthnicity: 'W1', officerDefinedEthnicity: 'NOT_ASKED',
      nationality: 'GBR', aliases: [], revision: 1,
    });
  });

  it('leaves out another name that was taken away', () => {
    const found = personDetails([
      entry('PersonRegistered', registered('Planted')), entry('PersonAliasAdded', { aliasId: 'a', familyName: 'Old' }, { correctedBy: by(13, 'void') }),
      entry('PersonAliasAdded', { aliasId: 'b', givenNames: 'Shorty' }), entry('EntryVoided', {}, { corrects: by(11, 'void') }),
    ]);
    expect(found).toMatchObject({ aliases: [{ aliasId: 'b', givenNames: 'Shorty' }], revision: 3 });
  });

  it('says erased where the key of the person is gone', () =>
    expect(personDetails([entry('PersonRegistered', registered({ erased: true }))])).toMatchObject({ familyName: { erased: true } }));
});
