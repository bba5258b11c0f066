import fc from 'fast-check';
import { returnPath } from './return-path';

describe('where somebody is sent back to after sign-in', () => {
  it.each(['/', '/investigations/INV-1?asAt=2019-06-14', '/people/N-3/record?form=abc.def', '/investigations?area=Rotherham&team=Evolve%20%28CSE%29'])('is the page they came from: %s', (path) =>
    expect(returnPath(path)).toBe(path));

  it.each([
    'https://evil.example/', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\n/evil.example', ' //evil.example', 'javascript:alert(1)', 'data:text/html,x',
    '/..//evil.example', '/.//evil.example', '/%2e//evil.example', '/a/..//evil.example', 'evil.example', '', '?x', '#x', '/x\r\nSet-Cookie: a=b', '/\u0000', '/caf\u00e9', '/\u2028', `/${'x'.repeat(2_001)}`,
    '/sign-in', '/sign-in/start?fresh=1', '/sign-out', '/signed-out', '/timed-out?return=/', '/session', '/identity/auth', '/api/v1/figures', '/assets/x.js', '/health/live', undefined, null, 1, ['/help'], {},
  ])('is the first page for %p', (asked) => expect(returnPath(asked)).toBe('/'));

  it('is never another site, whatever is asked', () => {
    const part = fc.constantFrom('/', '\\', '.', '..', '%2f', '%5c', '%2e', ':', '@', '?', '#', '\t', '\n', ' ', 'evil.example', 'https:', 'javascript:', '\u3002', '\uff0f', 'a');
    fc.assert(fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const sent = new URL(returnPath(parts.join('')), 'https://daybook.example');
      expect(sent.origin).toBe('https://daybook.example');
    }), { numRuns: 5_000, verbose: 1 });
  });
});
