import { sameName } from './names';

describe('the same name', () => {
  it.each([
    ['SMITH, Alex', 'Smith Alex'], ['SMITH, Alex', 'alex smith'], ['O’NEILL, Zoë', 'ONeill, Zoe'], ['Planted-Name, Alex', 'PLANTED NAME, Alex'], ['ŁUKASZ, Jan', 'łukasz jan'],
  ])('%s and %s', (a, b) => expect(sameName(a, b)).toBe(true));

  it.each([['SMITH, Alex', 'SMITH, Alec'], ['SMITH, Alex', 'SMITH'], ['', ''], ['-', '’']])('not %s and %s', (a, b) => expect(sameName(a, b)).toBe(false));
});
