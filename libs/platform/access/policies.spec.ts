import { Policies, PolicyError } from './policies';
import type { Question } from './policies';

const schema = { name: 'shed.schema', text: 'entity Person in [Keys]; entity Keys; entity Shed = { owner: Person, spare: Keys }; action enter, paint appliesTo { principal: Person, resource: Shed };' };
const owner = { name: 'shed.cedar', text: '// The owner has the shed.\n@id("owner")\npermit (principal, action, resource) when { resource.owner == principal };' };
const lent = { name: 'lent.cedar', text: '@id("lent")\npermit (principal, action == Action::"enter", resource) when { principal in resource.spare };' };

const person = (id: string) => ({ type: 'Person', id });
const keys = { type: 'Keys', id: 'spare' };
const asks = (id: string, action: string, has: boolean): Question => ({
  principal: person(id), action, resource: { type: 'Shed', id: 'shed' },
  entities: [
    { uid: person(id), attrs: {}, parents: has ? [keys] : [] },
    { uid: { type: 'Shed', id: 'shed' }, attrs: { owner: { __entity: person('Ann') }, spare: { __entity: keys } }, parents: [] },
  ],
});

const failure = (make: () => unknown): PolicyError => {
  try {
    make();
  } catch (error) {
    return error as PolicyError;
  }
  throw new Error('the policies were taken');
};

describe('policies', () => {
  const policies = new Policies(schema, [owner, lent]);

  it.each([['Ann', 'paint', false, true], ['Bob', 'enter', true, true], ['Bob', 'paint', true, false], ['Bob', 'enter', false, false]] as const)(
    'decide: %s wants to %s, has the keys: %s', (id, action, has, may) => expect(policies.permits(() => asks(id, action, has))).toBe(may));

  it('are asked once for what is remembered under one key', () => {
    const question = jest.fn(() => asks('Ann', 'paint', false));
    expect([policies.permits(question, 'Ann paint'), policies.permits(question, 'Ann paint')]).toEqual([true, true]);
    expect(question).toHaveBeenCalledTimes(1);
  });

  it('are not taken when one does not fit the schema, and the error names it', () => {
    const wrong = { name: 'wrong.cedar', text: '@id("ghost")\npermit (principal, action, resource) when { resource.ghost };' };
    const error = failure(() => new Policies(schema, [owner, wrong]));
    expect(error).toBeInstanceOf(PolicyError);
    expect(error.policy).toBe('ghost');
  });

  it('are not taken when one can never apply', () =>
    expect(failure(() => new Policies(schema, [{ name: 'never', text: '@id("never")\npermit (principal is Shed, action, resource);' }])).policy).toBe('never'));

  it('must have an id, and each its own', () => {
    expect(failure(() => new Policies(schema, [{ name: 'nameless', text: 'permit (principal, action, resource);' }])).policy).toBe('nameless');
    expect(failure(() => new Policies(schema, [owner, owner])).policy).toBe('owner');
  });

  it('must be Cedar', () => {
    expect(failure(() => new Policies(schema, [{ name: 'prose', text: 'everybody may' }])).policy).toBe('prose');
    expect(failure(() => new Policies({ name: 'prose', text: 'a shed' }, [owner])).policy).toBe('prose');
  });

  it('answer no question that does not fit the schema', () => expect(() => policies.permits(() => asks('Ann', 'burn', false))).toThrow(PolicyError));

  it('have one digest, of every word of theirs', () => {
    expect(policies.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new Policies(schema, [owner, lent]).digest).toBe(policies.digest);
    expect(new Policies(schema, [owner]).digest).not.toBe(policies.digest);
  });
});
