import { localPath } from './local-path';

describe('where somebody goes on to', () => {
  it.each(['/', '/investigations/INV-5/history?asAt=2019-06', '/people/PER-7'])('may be %s', (path) => expect(localPath(path)).toBe(path));

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '', 'javascript:alert(1)', '/a b', `/${'a'.repeat(2_001)}`])(
    'is the first page, never %p', (path) => expect(localPath(path)).toBe('/'));

  it('is what was said for the purpose instead', () => expect(localPath('//evil.example', '/audit')).toBe('/audit'));
});
