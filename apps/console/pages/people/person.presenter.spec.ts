import { personDetails } from '#contexts/nominals';
import { lookingOf } from '../as-at/looking';
import { begin, entry, item } from '../investigation/case.fixtures';
import { referenceTyped } from './lookup.presenter';
import { nameWords, personPage } from './person.presenter';
import type { PersonInput } from './person.presenter';

interface Model {
  readonly heading: string;
  readonly rows: readonly { readonly key: string; readonly value: string }[];
  readonly cases: readonly { readonly states: readonly string[] }[];
  readonly buttons: readonly object[];
  readonly entries: readonly { readonly correctHref?: string; readonly correctText?: string }[];
}

const registered = (more: object = {}) => entry('PersonRegistered', {
  nominalId: 'n', familyName: 'Planted', givenNames: 'Alex', sex: '1', selfDefinedEthnicity: { notRecorded: 'REFUSED' }, officerDefinedEthnicity: { code: 'IC1' }, nationality: { code: 'GBR' }, ...more,
});

const pageOf = (entries: PersonInput['entries'], now = '2019-12-31T17:00:00Z', asked: Record<string, string> = {}, cases: PersonInput['cases'] = []) =>
  personPage({ may: () => true, restricted: false, id: 'n' as never, details: personDetails(entries)!, entries, all: entries, cases, looking: lookingOf(asked, Date.parse(now)), steps: [] });
const modelOf = (...of: Parameters<typeof pageOf>): Model => pageOf(...of).model as Model;
const value = (model: Model, key: string): string => model.rows.find((row) => row.key === key)!.value;

beforeEach(begin);

describe('the page of a person', () => {
  it('has the reference alone in the title of its tab', () => expect(pageOf([registered()])).toMatchObject({ title: 'PER-0', section: 'people', model: { heading: 'PLANTED, Alex' } }));

  it('counts the years to the day that is looked at', () => {
    const born = registered({ dateOfBirth: '1988-12-31' });
    expect(value(modelOf([born], '2019-12-30T23:59:00Z'), 'Date of birth')).toBe('31 December 1988, aged 30');
    expect(value(modelOf([born], '2019-12-31T00:00:00Z'), 'Date of birth')).toBe('31 December 1988, aged 31');
    expect(value(modelOf([born], '2019-12-31T17:00:00Z', { asAt: '2018-06-01' }), 'Date of birth')).toBe('31 December 1988, aged 29');
  });

  it('says why a code is not recorded, and what was erased', () => {
    expect(value(modelOf([registered()]), 'Ethnicity as the person defines it')).toBe('Not recorded: refused to say');
    expect(nameWords({ familyName: { erased: true }, givenNames: { erased: true } })).toBe('(erased)');
    expect(nameWords({ familyName: { erased: true }, givenNames: 'Lee' })).toBe('(erased), Lee');
    expect(nameWords({ familyName: 'LEE', givenNames: 'LEE' })).toBe('LEE, LEE');
  });

  it('offers to correct what stands now, and nothing in the past', () => {
    const model = modelOf([registered(), entry('PersonAliasAdded', { aliasId: 'a', givenNames: 'Shorty' })]);
    expect(model.entries).toMatchObject([{ correctHref: '/people/PER-0/take-away?event=1', correctText: 'Take away' }, { correctHref: '/people/PER-0/correct' }]);
    expect(value(model, 'Also known as')).toBe('Shorty (given name or nickname)');
    const past = modelOf([registered()], '2019-12-31T17:00:00Z', { asAt: '2019-12-01' });
    expect([past.buttons, past.entries[0]!.correctHref]).toEqual([[], undefined]);
  });

  it('says of a case whose entries no longer name the person that none does', () =>
    expect(modelOf([registered()], undefined, {}, [{ item, suspects: [] }]).cases[0]!.states[0]).toContain('No entry that stands names this person'));
});

describe('a reference as people type it', () => {
  it.each([['PER-104', 'PER-104'], ['per 104', 'PER-104'], ['104', 'PER-104'], ['PER-0104', 'PER-104'], ['Planted', undefined], ['PER-', undefined], ['INV-104', undefined]])('%s is %s', (typed, reference) =>
    expect(referenceTyped(typed)).toBe(reference));
});
