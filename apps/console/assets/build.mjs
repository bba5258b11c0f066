// Compiles the style sheet, gathers the scripts and views, and names everything by its content so that browsers may keep it for ever.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { compile } from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const target = join(root, 'dist/apps/console');
const govuk = join(root, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js');
const picker = join(root, 'node_modules/@ministryofjustice/frontend/moj/components/date-picker/date-picker.bundle.mjs');

const withoutMap = (text) => text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
const read = (file) => withoutMap(readFileSync(file, 'utf8'));

const style = compile(join(here, 'styles/console.scss'), { style: 'compressed', loadPaths: [root, join(root, 'node_modules')], quietDeps: true, silenceDeprecations: ['import'] }).css;
const assets = new Map();
const keep = (name, text) => {
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}${extension}`;
  assets.set(hashed, text);
  return hashed;
};

const govukName = keep('govuk-frontend.js', read(govuk));
const pickerName = keep('date-picker.js', read(picker));
const own = Object.fromEntries(['session', 'live', 'drafts'].map((name) => [name, keep(`${name}.js`, read(join(here, `scripts/${name}.mjs`)))]));
const script = read(join(here, 'scripts/console.mjs')).replace('govuk-frontend.min.js', govukName).replace('date-picker.bundle.mjs', pickerName);
const linked = Object.entries(own).reduce((text, [name, hashed]) => text.replace(`./${name}.mjs`, `./${hashed}`), script);
const manifest = {
  style: keep('console.css', style),
  script: keep('console.js', linked),
  preload: [govukName, pickerName, ...Object.values(own)],
  icon: keep('icon.svg', read(join(here, 'images/icon.svg'))),
};

rmSync(join(target, 'public'), { recursive: true, force: true });
mkdirSync(join(target, 'public'), { recursive: true });
for (const [name, text] of assets) {
  writeFileSync(join(target, 'public', name), text);
  writeFileSync(join(target, 'public', `${name}.gz`), gzipSync(text, { level: 9 }));
  writeFileSync(join(target, 'public', `${name}.br`), brotliCompressSync(text));
}
writeFileSync(join(target, 'assets.json'), JSON.stringify(manifest, undefined, 2));

for (const name of readdirSync(join(here, '..'), { recursive: true })) {
  if (extname(name) === '.njk') {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    cpSync(join(here, '..', name), join(target, name));
  }
}

const sent = [...assets.values()].reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
if (sent > 60_000) throw new Error(`a first visit fetches ${sent} bytes compressed; the budget is 60,000`);
console.log(`console: ${assets.size} files, ${(sent / 1000).toFixed(1)} kB compressed on a first visit`);
