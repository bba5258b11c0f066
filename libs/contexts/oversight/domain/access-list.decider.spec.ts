import { given, order } from '#test/decider-spec';
import { accessList } from './access-list.decider';

const text = { unsealed: 'x', key: 'text-1' };
const on = { kind: 'INVESTIGATION', investigationId: 'i' };
const by = (id: string, kind = 'user') => ({ actor: { kind, id } }) as object;

const grant = (more: object = {}, granter = 'DS 1') =>
  order('GrantAccess', { on, grantId: 'g', to: { kind: 'USER', id: 'DC 1' }, from: '2026-11-25', until: '2027-01-31', basis: text, ...more }, '2026-11-25', by(granter));
const withdraw = (grantId = 'g') => order('WithdrawAccess', { grantId }, '2026-12-01', by('DS 1'));
const breakGlass = (at = '2026-11-25T10:00:00.000Z', reader = 'DC 1', breakGlassId = `b ${at}`, kind = 'user') =>
  order('BreakGlass', { on, breakGlassId, at, basis: text }, '2026-11-25', by(reader, kind));
const review = (finding = 'JUSTIFIED', reviewer = 'DS 1', breakGlassId = 'b 2026-11-25T10:00:00.000Z') =>
  order('ReviewBreakGlass', { breakGlassId, finding }, '2026-11-26', by(reviewer));

describe('access', () => {
  it('is granted to a user, or to an agency: recorded', () => {
    given(accessList).when(grant()).then('AccessGranted');
    given(accessList).when(grant({ to: { kind: 'AGENCY', agency: 'Example Council' }, agreement: 'ISA 7' })).then('AccessGranted');
  });

  it('is granted to oneself, however that is written: refused, GRANTER_IS_GRANTEE', () => {
    given(accessList).when(grant({}, 'DC 1')).thenRefused('GRANTER_IS_GRANTEE');
    given(accessList).when(grant({}, 'dc  1')).thenRefused('GRANTER_IS_GRANTEE');
  });

  it('is granted to one\'s own agency, and so to oneself: refused, GRANTER_IS_GRANTEE', () => {
    const sergeant = { actor: { kind: 'user', id: 'DS 1', agency: 'Example Police' } } as object;
    const own = order('GrantAccess', { on, grantId: 'g', to: { kind: 'AGENCY', agency: 'example  POLICE' }, from: '2026-11-25', until: '2027-01-31', basis: text }, '2026-11-25', sergeant);
    given(accessList).when(own).thenRefused('GRANTER_IS_GRANTEE');
  });

  it('ends before it begins: refused, GRANT_ENDS_BEFORE_IT_BEGINS', () => given(accessList).when(grant({ until: '2026-11-24' })).thenRefused('GRANT_ENDS_BEFORE_IT_BEGINS'));
  it('is for one day: recorded', () => given(accessList).when(grant({ until: '2026-11-25' })).then('AccessGranted'));
  it('is for longer than a year: refused, GRANT_LONGER_THAN_A_YEAR', () => given(accessList).when(grant({ until: '2027-11-26' })).thenRefused('GRANT_LONGER_THAN_A_YEAR'));

  it.each([['2026-11-25', '2027-11-25'], ['2028-02-29', '2029-03-01']])('from %s without a last day ends on %s', (from, until) => {
    const { stream } = given(accessList, grant({ from, until: undefined }));
    expect(stream.events[0]!.data).toMatchObject({ from, until });
  });

  it('is granted twice the same way: nothing new', () => given(accessList, grant()).when(grant({ grantId: 'h', to: { kind: 'USER', id: 'dc 1' } })).thenNothing());
  it('is granted for other days as well: recorded', () => given(accessList, grant()).when(grant({ grantId: 'h', until: '2027-02-28' })).then('AccessGranted'));
  it('is withdrawn: recorded', () => given(accessList, grant()).when(withdraw()).then('AccessWithdrawn'));
  it('is withdrawn twice: nothing new', () => given(accessList, grant(), withdraw()).when(withdraw()).thenNothing());
  it('is withdrawn without having been granted: refused, GRANT_UNKNOWN', () => given(accessList, grant()).when(withdraw('h')).thenRefused('GRANT_UNKNOWN'));
  it('is granted anew after it was withdrawn: recorded', () => given(accessList, grant(), withdraw()).when(grant({ grantId: 'h' })).then('AccessGranted'));
});

describe('access to an operation', () => {
  const clover = { on: { kind: 'OPERATION', operation: 'Clover' } };
  const inside = (reaches: readonly string[], more: object = {}) => grant({ ...clover, reaches, ...more });
  const extend = (reaches: readonly string[], grantIds = ['g'], sergeant = 'DS 2', agency = 'SYP') =>
    order('ExtendAccess', { grantIds, reaches, basis: text }, '2026-11-26', { actor: { kind: 'user', id: sergeant, agency } } as object);

  it('is granted twice the same way for the same investigations, or fewer: nothing new', () => given(accessList, inside(['a', 'b'])).when(inside(['b'], { grantId: 'h' })).thenNothing());
  it('is granted by another for theirs as well: recorded', () => given(accessList, inside(['a'])).when(inside(['a', 'b'], { grantId: 'h' })).then('AccessGranted'));

  it('is let reach another investigation: recorded, with what is new', () => {
    const { stream } = given(accessList, inside(['a']), extend(['a', 'b']));
    expect(stream.events[1]).toMatchObject({ type: 'AccessExtended', data: { grantId: 'g', reaches: ['b'] } });
    given(accessList, inside(['a']), extend(['b'])).when(inside(['b'], { grantId: 'h' })).thenNothing();
  });

  it('is let reach what it reaches: nothing new', () => given(accessList, inside(['a']), extend(['b'])).when(extend(['a', 'b'])).thenNothing());
  it('is let reach more for several at once: recorded for each', () =>
    given(accessList, inside(['a']), inside(['a'], { grantId: 'h', to: { kind: 'USER', id: 'DC 2' } })).when(extend(['b'], ['g', 'h'])).then('AccessExtended', 'AccessExtended'));
  it('is let reach more without having been granted: refused, GRANT_UNKNOWN', () => given(accessList, inside(['a'])).when(extend(['b'], ['h'])).thenRefused('GRANT_UNKNOWN'));
  it('is let reach more after it was withdrawn: refused, GRANT_WITHDRAWN', () => given(accessList, inside(['a']), withdraw()).when(extend(['b'])).thenRefused('GRANT_WITHDRAWN'));

  it('is let reach more by who has it, themselves or by their agency: refused, GRANTER_IS_GRANTEE', () => {
    given(accessList, inside(['a'])).when(extend(['b'], ['g'], 'dc 1')).thenRefused('GRANTER_IS_GRANTEE');
    given(accessList, inside(['a'], { to: { kind: 'AGENCY', agency: 'syp' } })).when(extend(['b'])).thenRefused('GRANTER_IS_GRANTEE');
  });
});

describe('the glass', () => {
  it('is broken for eight hours: recorded', () => {
    const { stream } = given(accessList, breakGlass());
    expect(stream.events[0]).toMatchObject({ type: 'BreakGlassUsed', data: { reader: 'DC 1', until: '2026-11-25T18:00:00.000Z' } });
  });

  it('is broken by nobody who has signed in: refused, BREAK_GLASS_NEEDS_A_USER', () => given(accessList).when(breakGlass(undefined, 'job', 'b', 'system')).thenRefused('BREAK_GLASS_NEEDS_A_USER'));
  it('is broken again while that runs: nothing new', () => given(accessList, breakGlass()).when(breakGlass('2026-11-25T17:59:59.999Z')).thenNothing());
  it('is broken again after that has run: recorded', () => given(accessList, breakGlass()).when(breakGlass('2026-11-25T18:00:00.000Z')).then('BreakGlassUsed'));
  it('is broken by another meanwhile: recorded', () => given(accessList, breakGlass()).when(breakGlass('2026-11-25T11:00:00.000Z', 'DC 2')).then('BreakGlassUsed'));
  it('is broken again after it was found not justified: recorded', () => given(accessList, breakGlass(), review('NOT_JUSTIFIED')).when(breakGlass('2026-11-25T11:00:00.000Z')).then('BreakGlassUsed'));
  it('is reviewed: recorded', () => given(accessList, breakGlass()).when(review()).then('BreakGlassReviewed'));
  it('is reviewed by who broke it: refused, READER_CANNOT_REVIEW', () => given(accessList, breakGlass()).when(review('JUSTIFIED', 'dc 1')).thenRefused('READER_CANNOT_REVIEW'));
  it('is reviewed twice alike: nothing new', () => given(accessList, breakGlass(), review()).when(review()).thenNothing());
  it('is reviewed twice otherwise: refused, BREAK_GLASS_ALREADY_REVIEWED', () => given(accessList, breakGlass(), review()).when(review('NOT_JUSTIFIED', 'DS 2')).thenRefused('BREAK_GLASS_ALREADY_REVIEWED'));
  it('is reviewed without having been broken: refused, BREAK_GLASS_UNKNOWN', () => given(accessList, grant()).when(review()).thenRefused('BREAK_GLASS_UNKNOWN'));
});
