// Runs every benchmark of this folder (or those named), prints one table and keeps it in test/bench/figures.md.
// Machines are noisy: a figure means something beside the peer or limit measured in the same run.
import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const files = readdirSync(here).filter((name) => name.endsWith('.bench.mjs') && (wanted.length === 0 || wanted.some((word) => name.startsWith(word))));

const rows = [];
for (const file of files) {
  console.error(`-- ${file}`);
  const { bench } = await import(pathToFileURL(path.join(here, file)).href);
  for (const row of await bench()) {
    rows.push({ file: file.replace('.bench.mjs', ''), ...row });
    console.error(`   ${row.what}: ${shown(row.value)} ${row.unit}${row.target ? ` (target ${row.target})` : ''}`);
  }
}

function shown(value) {
  return typeof value === 'number' ? value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 2 : 0 }) : String(value);
}

const cell = (text) => String(text ?? '').replaceAll('|', '\\|');
const table = [
  '| bench | what | value | unit | target | note |',
  '|---|---|---:|---|---|---|',
  ...rows.map((row) => `| ${[row.file, row.what, shown(row.value), row.unit, row.target, row.note].map(cell).join(' | ')} |`),
].join('\n');
const machine = `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
console.log(`${machine}\n\n${table}`);
if (wanted.length === 0) writeFileSync(path.join(here, 'figures.md'), `# Figures of the last full run\n\n${machine}\n\n${table}\n`);
process.exit(0);
