import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { MalformedError } from '#kernel';
import { parseStrictJson } from './strict-json';

const read = (text: string): unknown => parseStrictJson(Buffer.from(text));
const ruleOf = (body: string | Uint8Array): string => {
  try {
    parseStrictJson(typeof body === 'string' ? Buffer.from(body) : body);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return (error as MalformedError).rule;
  }
  throw new Error('it was accepted');
};

describe('a body', () => {
  it('is read as any program would read it', () => {
    let accepted = 0;
    fc.assert(fc.property(fc.json({ maxDepth: 5 }), (text) => {
      try {
        expect(read(text)).toEqual(JSON.parse(text));
        accepted++;
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError); // one of the reasons below
      }
    }), { numRuns: 200 });
    expect(accepted).toBeGreaterThan(100);
  });

  it.each([
    ['{"a":1,"a":2}', 'twice'],
    ['{"a":{"b":1,"c":{"b":2},"b":3}}', 'twice'],
    ['{"a":1,"\\u0061":2}', 'twice'],
    ['{"__proto__":{}}', 'keep for themselves'],
    ['{"a":{"\\u005f_proto__":1}}', 'keep for themselves'],
    ['{"constructor":{"prototype":{}}}', 'keep for themselves'],
    ['{"a":"\\u0000"}', 'NUL'],
    ['{"a":"\\ud800"}', 'halves'],
    ['{"a":"x\\udc00y"}', 'halves'],
    ['{"\\ud800":1}', 'halves'],
    ['{"a":9007199254740993}', 'exactly'],
    ['{"a":[-9007199254740992]}', 'exactly'],
    ['{"a":1e400}', 'exactly'],
    ['\ufeff{}', 'must be JSON'],
    ['{"a":1,}', 'must be JSON'],
    ['{"a":NaN}', 'must be JSON'],
    ['{\'a\':1}', 'must be JSON'],
    ['{"a":1}{}', 'must be JSON'],
    ['', 'must be JSON'],
  ])('is refused when it is %s', (text, rule) => expect(ruleOf(text)).toContain(rule));

  it('may use the same name in different objects, and any character written out or escaped', () => {
    expect(read('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(read('{"n":"Zo\\u00eb \\ud83d\\ude00 😀\\n\\tx","b":"\\\\u0000"}')).toEqual({ n: 'Zoë 😀 😀\n\tx', b: '\\u0000' });
  });

  it('is refused when its bytes are not UTF-8', () => expect(ruleOf(Uint8Array.from([0x22, 0xc3, 0x28, 0x22]))).toContain('UTF-8'));

  it('may be nested 32 deep and no deeper', () => {
    expect(read('['.repeat(32) + ']'.repeat(32))).toBeDefined();
    expect(ruleOf('['.repeat(33) + ']'.repeat(33))).toContain('nested');
    expect(ruleOf('['.repeat(100_000) + ']'.repeat(100_000))).toContain('nested');
    expect(ruleOf('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000))).toContain('nested');
  });

  it('takes time in proportion to its size, whatever it holds', () => {
    const began = process.hrtime.bigint();
    for (const filler of ['\\\\'.repeat(100_000), '\\"'.repeat(100_000), 'a'.repeat(250_000), ' '.repeat(250_000)]) read(`{"a":"${filler}"}`);
    expect(ruleOf(`{"a":"${'\\'.repeat(100_001)}`)).toBe('must be JSON');
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(2_000);
  });

  it('is not repeated in the refusal', () => expect(ruleOf('{"name": Quennell}')).not.toContain('Quennell'));
});

const SUITE = path.join(__dirname, '../../../shared/data/nasty/json-test-suite/parsing.json');
const suite = fs.existsSync(SUITE) ? describe : describe.skip;

suite('the JSON parsing test suite (needs ../shared/data)', () => {
  const cases = fs.existsSync(SUITE) ? (JSON.parse(fs.readFileSync(SUITE, 'utf8')) as { name: string; input: string }[]) : [];
  // The standard allows what two programs may read differently; we do not.
  const ours = /duplicated_key|null_escape|escaped_null/;

  it.each(cases.filter(({ name }) => name.startsWith('n_')))('refuses $name', ({ input }) => expect(() => read(input)).toThrow(MalformedError));

  it.each(cases.filter(({ name }) => name.startsWith('y_') && !ours.test(name)))('accepts $name', ({ input }) => expect(read(input)).toEqual(JSON.parse(input)));

  it.each(cases.filter(({ name }) => name.startsWith('i_')))('accepts or refuses $name, and nothing worse', ({ input }) => {
    try {
      expect(read(input)).toEqual(JSON.parse(input));
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedError);
    }
  });
});
