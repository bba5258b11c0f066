import { InvalidRequestError, validateRequest } from '#platform/requests';
import { nominalCommand, nominalRequests } from './nominal-command';

const now = Date.parse('2019-12-31T17:00:00Z');
const sender = { actor: { kind: 'user', id: 'DC 1' }, route: 'test', now, digest: (text: string) => text } as const;
const person = { familyName: 'Planted', sex: '1', selfDefinedEthnicity: 'W1', officerDefinedEthnicity: 'IC1', nationality: 'GBR' };

const register = (more: object) => nominalCommand('RegisterPerson', undefined, validateRequest(nominalRequests.RegisterPerson, { ...person, ...more }), sender);

describe('a request about a person', () => {
  it.each([['2031-01-01', undefined], ['2020-01-01', { precision: 'unknown' }]])('names no birth in the future: %s', (dateOfBirth, effectiveAt) => {
    const sent = () => register({ dateOfBirth, effectiveAt });
    expect(sent).toThrow(InvalidRequestError);
    expect(sent).toThrow('dateOfBirth must be today or in the past');
  });

  it('may name a birth of today', () => expect(register({ dateOfBirth: '2019-12-31' }).data).toMatchObject({ familyName: { unsealed: 'Planted' } }));
});
