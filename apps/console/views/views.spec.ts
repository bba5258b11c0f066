import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEnvironment } from '../rendering/environment';

const root = join(__dirname, '..');
const views = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.njk'));

describe('every view', () => {
  it('is found', () => expect(views.length).toBeGreaterThan(15));

  it.each(views)('%s escapes what it prints', (name) => {
    const text = readFileSync(join(root, name), 'utf8');
    expect(text).not.toMatch(/\|\s*safe|autoescape\s+false|\bhtml\s*:|Html\s*:/);
  });

  it.each(views)('%s keeps the content security policy: no inline style, script or handler', (name) => {
    const text = readFileSync(join(root, name), 'utf8');
    expect(text).not.toMatch(/\sstyle=|<style|\son[a-z]+=/);
    expect(text.replace(/<script type="module" src=[^>]*><\/script>/g, '')).not.toContain('<script');
  });

  it.each(views)('%s compiles', (name) => {
    expect(() => createEnvironment().getTemplate(name, true)).not.toThrow();
  });
});
