import { given, order } from '#test/decider-spec';
import { effectiveHistory } from '#kernel';
import type { CommandContext } from '#kernel';
import { nominal } from './nominal.decider';
import { isPncId, pncCheckLetter } from './pnc-id';

const sealed = { unsealed: 'x', key: 'nominal-n' };
const reason = { reason: sealed } as unknown as Partial<CommandContext>;
const person = {
  nominalId: 'n', familyName: sealed, sex: '2', selfDefinedEthnicity: { notRecorded: 'REFUSED' }, officerDefinedEthnicity: { code: 'IC1' }, nationality: { code: 'GBR' },
};
const register = (more: object = {}) => order('RegisterPerson', { ...person, ...more }, '2019-03-01');
const correct = (more: object = {}, context = reason) => order('CorrectPerson', { ...person, ...more }, '2019-03-02', context);
const alias = (aliasId = 'a', more: object = { familyName: sealed }) => order('AddPersonAlias', { nominalId: 'n', aliasId, ...more }, '2019-03-03');
const voidEntry = (event: string, context = reason) => order('VoidPersonEntry', { event }, '2019-03-04', context);

describe('a person', () => {
  it('is registered', () => given(nominal).when(register()).then('PersonRegistered'));
  it('is registered once', () => given(nominal, register()).when(register()).thenRefused('PERSON_ALREADY_REGISTERED'));
  it('has an ethnicity of the list, or a reason', () => given(nominal).when(register({ selfDefinedEthnicity: { code: 'Z9' } })).thenRefused('CODE_UNKNOWN'));
  it('has a nationality of ISO 3166, or a reason', () => given(nominal).when(register({ nationality: { code: 'XXX' } })).thenRefused('CODE_UNKNOWN'));
  it('is not corrected before there is a record', () => given(nominal).when(correct()).thenRefused('PERSON_UNKNOWN'));
  it('is not turned into somebody else', () => given(nominal, register()).when(correct({ nominalId: 'm' })).thenRefused('PERSON_DIFFERS'));
  it('is corrected with a reason', () => given(nominal, register()).when(correct({}, {})).thenRefused('CORRECTION_NEEDS_REASON'));
  it('gets another name', () => given(nominal, register()).when(alias()).then('PersonAliasAdded'));
  it('gets no alias without a name', () => given(nominal, register()).when(alias('a', {})).thenRefused('ALIAS_NEEDS_NAME'));
  it('gets an alias once', () => given(nominal, register(), alias()).when(alias()).thenRefused('ALIAS_ALREADY_RECORDED'));
  it('gets no alias before there is a record', () => given(nominal).when(alias()).thenRefused('PERSON_UNKNOWN'));
  it('has an alias taken away, once', () => given(nominal, register(), alias(), voidEntry('e1')).when(voidEntry('e1')).thenNothing());
  it('has an alias taken away with a reason', () => given(nominal, register(), alias()).when(voidEntry('e1', {})).thenRefused('CORRECTION_NEEDS_REASON'));
  it('keeps the registration', () => given(nominal, register()).when(voidEntry('e0')).thenRefused('REGISTRATION_CANNOT_BE_VOIDED'));
  it('has no such entry', () => given(nominal, register()).when(voidEntry('e9')).thenRefused('ENTRY_UNKNOWN'));

  it('stands as last corrected, with the first registration still on record', () => {
    const { stream } = given(nominal, register(), correct({ sex: '1' }), correct({ sex: '9' }));
    expect(stream.state.person?.sex).toBe('9');
    expect(stream.events).toHaveLength(3);
    expect(effectiveHistory(stream.events)).toHaveLength(1);
  });
});

describe('a PNC id', () => {
  it('carries the check letter of its year and number', () => {
    const id = `2004/0012345${pncCheckLetter('2004', '0012345')}`;
    const other = id.endsWith('A') ? 'B' : 'A';
    expect([isPncId(id), isPncId(`${id.slice(0, -1)}${other}`), isPncId('2004/12345A'), isPncId('')]).toEqual([true, false, false, false]);
  });
});
