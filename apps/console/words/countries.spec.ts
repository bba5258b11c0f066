import { nominalRequests } from '#contexts/nominals';
import { validateRequest } from '#platform/requests';
import { countryWords } from './countries';

const person = { familyName: 'x', sex: '1', selfDefinedEthnicity: 'NS', officerDefinedEthnicity: 'IC1' };

describe('the names of countries', () => {
  it('are those of nationalities that can be recorded', () => {
    expect(Object.keys(countryWords)).toHaveLength(249);
    for (const nationality of Object.keys(countryWords)) expect(() => validateRequest(nominalRequests.RegisterPerson, { ...person, nationality })).not.toThrow();
  });

  it('stand in the order of the alphabet, none twice', () => {
    const names = Object.values(countryWords);
    expect([...names].sort(new Intl.Collator('en').compare)).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });
});
