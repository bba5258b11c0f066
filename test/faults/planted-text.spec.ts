import fs from 'node:fs';
import path from 'node:path';
import { Desk } from '../../apps/cli/cli.fixtures';

const NAME = 'Zwetschgenbaum';
const TEXT = 'seen near the quarkling orchard at dusk';
const AREA = 'Doncaster';

const forms = (text: string): Buffer[] => {
  const utf8 = Buffer.from(text, 'utf8');
  // Three alignments, without the ends that depend on the neighbours.
  const base64 = [0, 1, 2].map((shift) => Buffer.from(Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64').slice(shift + 2, -4)));
  return [utf8, Buffer.from(text.toLowerCase()), Buffer.from(text.toUpperCase()), Buffer.from(text, 'utf16le'), Buffer.from(utf8.toString('hex')), Buffer.from(encodeURIComponent(text)), ...base64];
};

const filesUnder = (folder: string): string[] => fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));

const holding = (folder: string, text: string): string[] =>
  filesUnder(folder).filter((file) => {
    const bytes = fs.readFileSync(file);
    return forms(text).some((form) => bytes.includes(form));
  }).map((file) => path.relative(folder, file));

describe('a personal text that went through every door', () => {
  const desk = new Desk();
  const addresses: string[] = [];
  afterAll(() => desk.clear());

  let credentials: Readonly<Record<string, string>>;
  const ask = async (url: string, address: string, body?: object): Promise<{ status: number; text: string; json: () => Record<string, string> }> => {
    addresses.push(address);
    const answer = await fetch(`${url}${address}`, body ? { method: 'POST', headers: { ...credentials, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers: credentials });
    const text = await answer.text();
    return { status: answer.status, text, json: () => JSON.parse(text) as Record<string, string> };
  };

  it('is in no file, no log line and no address, while those who may read it can', async () => {
    const running = await desk.start();
    const { url } = running;
    credentials = await desk.credentials();
    const reason = TEXT;
    const person = await ask(url, '/api/v1/people', { familyName: NAME, sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'NOT_KNOWN', reason });
    expect(person.status).toBe(201);
    const opened = await ask(url, '/api/v1/investigations', { kind: 'CRIME', area: AREA, themes: [], title: TEXT, summary: `${NAME}: ${TEXT}`, crimes: [{ offence: 'Robbery' }], reason });
    expect(opened.status).toBe(201);
    const { id } = opened.json();
    const linked = await ask(url, `/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person.json().id, basis: TEXT });
    expect(linked.status).toBe(201);
    // Also what is refused must leave nothing behind.
    expect((await ask(url, `/api/v1/investigations/${id}/suspects`, { quality: NAME, basis: TEXT })).status).toBe(400);
    expect((await ask(url, '/api/v1/people', { familyName: NAME, sex: '7' })).text).not.toContain(NAME);
    const history = await ask(url, `/api/v1/investigations/${id}/history`);
    expect(history.text).toContain(TEXT);
    const page = await ask(url, `/investigations/${id}/history`);
    expect([page.status, page.text.includes(TEXT)]).toEqual([200, true]);
    const told = await desk.run(['history', id!, '--json']);
    expect(told.out).toContain(TEXT);
    expect(await desk.run(['export', 'events', '--out', 'events.jsonl'])).toMatchObject({ exit: 0 });
    expect(await desk.run(['backup', 'log.backup'])).toMatchObject({ exit: 0 });
    expect(await desk.run(['rebuild'])).toMatchObject({ exit: 0 });
    expect(await running.stop()).toBe(0);

    expect(holding(desk.folder, AREA).length).toBeGreaterThan(2); // the search is not blind: areas are clear
    for (const text of [NAME, TEXT]) {
      expect(holding(desk.folder, text)).toEqual([]);
      for (const line of [running.said(), ...addresses]) for (const form of forms(text)) expect(line).not.toContain(form.toString());
    }
  });
});
