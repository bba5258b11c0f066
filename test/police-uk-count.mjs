// Counts open investigations straight from data.police.uk files, by the counting rule alone; it shares no code with the product.
// Usage: node test/police-uk-count.mjs PATH...   (files or folders; prints { months: { "2021-05": { all, byArea } } } as JSON)
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';

/** Cells of one CSV text (RFC 4180), one array a line; blank lines are no rows. */
const cellsOf = (text) => {
  const rows = [];
  let row = [''];
  let quoted = false;
  const endRow = () => {
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [''];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') row[row.length - 1] += c;
      else if (text[i + 1] === '"') row[row.length - 1] += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') row.push('');
    else if (c === '\n') endRow();
    else if (c !== '\r') row[row.length - 1] += c;
  }
  endRow();
  return rows;
};

const filesIn = (given) =>
  fs.statSync(given).isDirectory() ? fs.readdirSync(given).flatMap((name) => filesIn(path.join(given, name))) : [given];

function* records(file) {
  const bytes = fs.readFileSync(file);
  const text = (file.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  const [header, ...rows] = cellsOf(text);
  for (const row of rows) {
    if (row.length !== header.length) continue;
    const cell = (name) => row[header.indexOf(name)].trim();
    if (cell('Crime ID') !== '' && /^\d{4}-(0[1-9]|1[0-2])$/.test(cell('Month'))) yield cell;
  }
}

const monthAfter = (month) => {
  const [year, number] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/**
 * For every month from the first to the last in the files, how many investigations are open at its end: opened in or before it, and not
 * finalised in or before it (the later of the crime's first month and its earliest outcome's).
 */
export const countOpen = (paths) => {
  const opened = new Map(); // crime id -> { month, area }
  const firstOutcome = new Map(); // crime id -> month
  const months = new Set();
  for (const file of paths.flatMap(filesIn)) {
    const kind = /-(street|outcomes)\.csv(\.gz)?$/.exec(file)?.[1];
    if (!kind) continue;
    for (const cell of records(file)) {
      const [id, month] = [cell('Crime ID'), cell('Month')];
      months.add(month);
      if (kind === 'outcomes') {
        if (!firstOutcome.has(id) || month < firstOutcome.get(id)) firstOutcome.set(id, month);
        continue;
      }
      const area = cell('LSOA name').replace(/ \d{3}[A-Z]$/, '') || 'Unknown';
      const known = opened.get(id);
      if (!known || month < known.month || (month === known.month && area < known.area)) opened.set(id, { month, area });
    }
  }
  const answer = {};
  const [first, last] = [[...months].sort()[0], [...months].sort().at(-1)];
  for (let month = first; month && month <= last; month = monthAfter(month)) {
    const byArea = {};
    let all = 0;
    for (const [id, crime] of opened) {
      if (crime.month > month) continue;
      const outcome = firstOutcome.get(id);
      const finalised = outcome && (outcome > crime.month ? outcome : crime.month);
      if (finalised && finalised <= month) continue;
      all++;
      byArea[crime.area] = (byArea[crime.area] ?? 0) + 1;
    }
    answer[month] = { all, byArea };
  }
  return { investigations: opened.size, months: answer };
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(countOpen(process.argv.slice(2)), null, 1));
