import { memoryKeyStore, openVault } from '#platform/vault';
import { DoorTable } from './rows';
import { givenInHeaders } from './reason-headers';
import { ReasonsGiven } from './reasons';

describe('the access table', () => {
  const table = new DoorTable([{ route: 'GET /help', asks: 'NOBODY' }, { route: 'POST /help', asks: 'SIGNED_IN' }]);

  it('finds the row of a route, and that of GET for HEAD', () => {
    expect(table.of('HEAD', '/help')?.asks).toBe('NOBODY');
    expect(table.of('POST', '/help')?.asks).toBe('SIGNED_IN');
  });

  it('lets no route be added that has no row', () => {
    expect(() => table.require('GET', '/secrets')).toThrow('GET /secrets has no row in the access table');
  });

  it('takes no second row for a route', () => {
    expect(() => new DoorTable([{ route: 'GET /help', asks: 'NOBODY' }, { route: 'GET /help', asks: 'SIGNED_IN' }])).toThrow('two rows');
  });
});

describe('a reason for access in the headers', () => {
  it('is a code, perhaps with a reference and words', () => {
    expect(givenInHeaders({ 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'asked%20by%20the%20r%C3%A9gisseur', 'daybook-access-reference': 'T-4' }))
      .toEqual({ code: 'OTHER', reference: 'T-4', words: 'asked by the régisseur' });
    expect(givenInHeaders({})).toBeUndefined();
  });

  it.each([
    [{ 'daybook-access-reason': 'CURIOSITY' }, 'daybook-access-reason: must be one of'],
    [{ 'daybook-access-reason': 'OTHER' }, 'daybook-access-words: is needed'],
    [{ 'daybook-access-reason': 'ALLOCATED', 'daybook-access-words': '%E0%A4%A' }, 'daybook-access-words: must be'],
    [{ 'daybook-access-reason': 'ALLOCATED', 'daybook-access-reference': 'x'.repeat(101) }, 'daybook-access-reference: must be'],
  ])('that is none names the header: %j', (headers, rule) => expect(() => givenInHeaders(headers)).toThrow(rule));
});

describe('reasons given', () => {
  const notes = () => {
    const kept = new Map<string, string>();
    return { kept, of: async (session: string, about: string) => kept.get(`${session} ${about}`), keep: async (session: string, about: string, note: string) => void kept.set(`${session} ${about}`, note) };
  };

  it('hold for their session and record alone, the last one said', async () => {
    const reasons = new ReasonsGiven(notes(), await openVault(memoryKeyStore()));
    await reasons.give('s', 'r', { code: 'AUDIT_OR_DIP_SAMPLE' });
    await reasons.give('s', 'r', { code: 'DISCLOSURE_OR_COURT' });
    expect(await reasons.of('s', 'r')).toEqual({ code: 'DISCLOSURE_OR_COURT' });
    expect([await reasons.of('t', 'r'), await reasons.of('s', 'q')]).toEqual([undefined, undefined]);
  });

  it('hold after a restart, with their words sealed in between', async () => {
    const [kept, vault] = [notes(), await openVault(memoryKeyStore())];
    const reason = { code: 'OTHER', reference: 'T-4', words: 'Asked by the mother of the child' } as const;
    await new ReasonsGiven(kept, vault).give('s', 'r', reason);
    expect([...kept.kept.values()].join()).toContain('OTHER');
    expect([...kept.kept.values()].join()).not.toMatch(/mother|T-4/);
    expect(await new ReasonsGiven(kept, vault).of('s', 'r')).toEqual(reason);
  });
});
