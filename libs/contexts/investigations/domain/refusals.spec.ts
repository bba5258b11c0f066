import fs from 'node:fs';
import path from 'node:path';

const files = fs.readdirSync(__dirname);
const read = (name: string): string => fs.readFileSync(path.join(__dirname, name), 'utf8');
const codes = [...read('investigation.errors.ts').matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code!);

describe('the refusals of an investigation', () => {
  it('are thrown by a rule and shown by a case note, each of them', () => {
    const rules = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && name !== 'investigation.errors.ts').map(read).join('\n');
    const notes = files.filter((name) => name.endsWith('.spec.ts')).map(read).join('\n');
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !rules.includes(`'${code}'`))).toEqual([]);
    expect(codes.filter((code) => !notes.includes(`'${code}'`))).toEqual([]);
  });
});
