import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { investigation, investigationCommand, investigationRequests } from '#contexts/investigations';
import type { InvestigationCommand, InvestigationCommandName } from '#contexts/investigations';
import { nominal, nominalCommand, nominalRequests } from '#contexts/nominals';
import type { NominalCommand } from '#contexts/nominals';
import { dataSubjectCommand, dataSubjectRequests } from '#contexts/oversight';
import type { DataSubjectCommandName } from '#contexts/oversight';
import type { InvestigationId, LinkId, NominalId, RecordKeyId } from '#kernel';
import { backUpKeys, backUpLog, holdFolder, restoreKeys, restoreLog } from '#platform/folder';
import { validateRequest } from '#platform/requests';
import { readSettings } from '#platform/settings';
import type { Settings } from '#platform/settings';
import { Desk } from '../../apps/cli/cli.fixtures';
import { openDaybook } from '../../apps/daybook';
import type { Daybook } from '../../apps/daybook';

const NAME = 'Zwetschgenbaum';
const ALONE = 'seen near the quarkling orchard at dusk';
const BOTH = 'quarkling and his cousin at the mill';
const TITLE = 'Operation of the quarkling mill';
const STAYS = 'a cousin at the mill';
const PLANTED = [NAME, ALONE, BOTH, TITLE, 'quarkling'];

const filesUnder = (folder: string): string[] => fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
const holding = (folder: string, words: readonly string[] | readonly Buffer[]): string[] =>
  filesUnder(folder).filter((file) => {
    const bytes = fs.readFileSync(file);
    return words.some((each) => bytes.includes(each));
  }).map((file) => path.relative(folder, file));

/** The desks of a program without its doors: what a request becomes there, recorded. */
class Officers {
  constructor(private readonly daybook: Daybook) {}

  private sender(id: string) {
    return { actor: { kind: 'user', id, agency: 'SYP' } as const, route: 'test', now: this.daybook.clock(), digest: (text: string) => this.daybook.vault.digest(text) };
  }

  async register(familyName: string): Promise<NominalId> {
    const asked = { familyName, sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'NOT_KNOWN', reason: `met ${familyName}` };
    const { nominalId, type, data, context } = nominalCommand('RegisterPerson', undefined, validateRequest(nominalRequests.RegisterPerson, asked), this.sender('DC 1'));
    await this.daybook.ledger.transact(nominal, `nominal-${nominalId}`, { type, data, context } as NominalCommand);
    return nominalId;
  }

  async record<N extends InvestigationCommandName>(name: N, id: InvestigationId | undefined, asked: object): Promise<InvestigationId> {
    const names = { areaNamed: (area: string) => area, teamNamed: (team: string) => team };
    const { investigationId, type, data, context } = investigationCommand(name, id, validateRequest(investigationRequests[name] as never, asked), this.sender('DC 1'), names);
    await this.daybook.ledger.transact(investigation, `investigation-${investigationId}`, { type, data, context } as InvestigationCommand);
    return investigationId;
  }

  decide<N extends DataSubjectCommandName>(name: N, nominalId: NominalId, asked: object, by: string) {
    const message = dataSubjectCommand(name, nominalId, validateRequest(dataSubjectRequests[name] as never, asked), this.sender(by));
    return this.daybook.dataSubjects.execute(message).then(() => message.data as { readonly requestId: string });
  }

  caughtUp(): Promise<unknown> {
    return this.daybook.reads.waitFor(this.daybook.store.positionOfNumber(this.daybook.store.currentHead().number)!, 10_000);
  }
}

const figuresOf = ({ queries }: Daybook): object => {
  const { bands, investigations, suspectLinks, people, incomplete } = queries.figures({ area: 'all' });
  return { bands, investigations, suspectLinks, people, incomplete };
};

jest.setTimeout(120_000);

describe('a person who was erased', () => {
  const desk = new Desk();
  const env = { DAYBOOK_DATA: desk.data, DAYBOOK_KEYS: desk.keys };
  const settings = readSettings(env);
  const at = (name: string): string => path.join(desk.folder, name);
  let person: NominalId;
  let investigationId: InvestigationId;
  let wrapped: Buffer[];
  let before: object;
  let after: object;
  afterAll(() => desk.clear());

  const wrappedKeys = (daybook: Daybook, ids: readonly RecordKeyId[]): Buffer[] => {
    const db = new Database(path.join(daybook.settings.keys, 'keys.db'), { readonly: true });
    const found = ids.map((id) => db.prepare<[string], { wrapped: Buffer | null }>('SELECT wrapped FROM record_keys WHERE id = ?').get(id)?.wrapped);
    db.close();
    return found.filter((key) => key !== null && key !== undefined).map((key) => key.subarray(12, 44));
  };

  beforeAll(async () => {
    const daybook = await openDaybook(settings);
    const officers = new Officers(daybook);
    person = await officers.register(NAME);
    const cousin = await officers.register('Cousinby');
    investigationId = await officers.record('OpenInvestigation', undefined, { kind: 'CRIME', area: 'Rotherham', themes: [], title: TITLE, summary: 'A mill', crimes: [{ offence: 'Robbery' }] });
    const link = '00000000-0000-4000-8000-0000000000a1' as LinkId;
    await officers.record('LinkSuspect', investigationId, { linkId: link, quality: 'NAMED', nominalId: person, basis: ALONE });
    await officers.record('LinkSuspect', investigationId, { quality: 'NAMED', nominalId: cousin, basis: 'a cousin' });
    await officers.record('EliminateSuspect', investigationId, { linkId: link, basis: BOTH });
    await officers.caughtUp();
    before = figuresOf(daybook);
    await backUpLog(daybook.folder, async (to) => void (await daybook.store.backup(to)), at('older-log.backup'));
    await backUpKeys(daybook.keys, at('older-keys.backup'));
    const { requestId } = await officers.decide('RequestErasure', person, { ground: 'INFRINGES_S47_1A', basis: `${NAME} asks` }, 'DO 1');
    const texts = await daybook.dataSubjects.textsToLookAt(person);
    const opened = await daybook.vault.open(texts.map(({ sealedAt, value }) => ({ eventId: sealedAt.event, path: sealedAt.path, value })));
    wrapped = wrappedKeys(daybook, [`nominal-${person}` as RecordKeyId, ...texts.filter((_, i) => /quarkling/.test(opened[i] ?? '')).map(({ value }) => value.key)]);
    const redactions = texts.flatMap(({ stream, event, path: place }, i) => (/quarkling/.test(opened[i] ?? '') ? [{ stream, event, path: place, text: STAYS }] : []));
    await officers.decide('AuthoriseErasure', person, { requestId, redactions }, 'DS 2');
    await officers.caughtUp();
    after = figuresOf(daybook);
    await backUpLog(daybook.folder, async (to) => void (await daybook.store.backup(to)), at('log.backup'));
    await backUpKeys(daybook.keys, at('keys.backup'));
    await daybook.close();
  });

  /** What pages, doors and extracts are made of. */
  const toldInside = async (place: Settings): Promise<string> => {
    const daybook = await openDaybook(place);
    const words = JSON.stringify([
      await daybook.history.history(investigationId), await daybook.personHistory.history(person), await daybook.extracts.of(person, ''), daybook.people.one(person), daybook.queries.one(investigationId),
    ]);
    expect(figuresOf(daybook)).toEqual(before);
    await daybook.close();
    return words;
  };

  /** With what the command line says and writes. */
  const told = async (place: Settings): Promise<string> => {
    const files = `export-${path.basename(place.data)}.json`;
    const words = await toldInside(place);
    const more = { DAYBOOK_DATA: place.data, DAYBOOK_KEYS: place.keys, ...(place.kekFile ? { DAYBOOK_KEK_FILE: place.kekFile } : {}) };
    const history = await desk.run(['history', investigationId, '--json'], more);
    expect(await desk.run(['export', 'subject', person, '--out', `subject-${files}`], more)).toMatchObject({ exit: 0 });
    expect(await desk.run(['export', 'events', '--out', `events-${files}`], more)).toMatchObject({ exit: 0 });
    expect(await desk.run(['rebuild'], more)).toMatchObject({ exit: 0 }); // read models made anew without the keys equal those that were live
    return words + history.out + history.err + fs.readFileSync(at(`subject-${files}`), 'utf8') + fs.readFileSync(at(`events-${files}`), 'utf8');
  };

  it('leaves every figure as it was', () => expect(after).toEqual(before));

  it('is in nothing that the program tells or writes, and what was said of others stays', async () => {
    const words = await told(settings);
    expect(PLANTED.filter((each) => words.includes(each))).toEqual([]);
    expect(words).toContain(STAYS);
    expect(words).toContain('{"erased":true}');
    expect(words).toContain('"A mill"');
  });

  it('is in no file of data, keys, backups after it, and exports, and neither is a key of theirs', () => {
    expect(wrapped.length).toBeGreaterThan(2);
    expect(holding(desk.folder, PLANTED)).toEqual([]);
    expect(holding(desk.folder, wrapped)).toEqual(['older-keys.backup']); // the search is not blind
  });

  const restored = async (name: string, log: string, keys: string): Promise<Settings> => {
    const place = readSettings({ DAYBOOK_DATA: at(`data-${name}`), DAYBOOK_KEYS: at(`keys-${name}`), DAYBOOK_KEK_FILE: path.join(desk.keys, 'kek') });
    const hold = holdFolder(place.data);
    restoreLog(place, at(log));
    hold.release();
    await restoreKeys(place, at(keys));
    return place;
  };

  it('does not come back with older keys beside the log', async () => {
    const place = await restored('a', 'log.backup', 'older-keys.backup');
    const daybook = await openDaybook(place);
    expect(daybook.keysBehind).toBe(true); // the words that were given for the others are younger than these keys
    await expect(daybook.history.history(investigationId)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    const own = await daybook.personHistory.history(person);
    expect(own[0]).toMatchObject({ type: 'PersonRegistered', data: { familyName: { erased: true } }, reason: { erased: true } });
    await daybook.close();
    expect([...holding(place.data, wrapped), ...holding(place.keys, wrapped)]).toEqual([]);
  });

  it('does not come back with the younger backups of log and keys, and what stays is read there', async () => {
    const words = await toldInside(await restored('b', 'log.backup', 'keys.backup'));
    expect(PLANTED.filter((each) => words.includes(each))).toEqual([]);
    expect(words).toContain(STAYS);
  });

  it('stays erased to a log from before, restored beside the keys of after', async () => {
    const words = await toldInside(await restored('c', 'older-log.backup', 'keys.backup'));
    expect(PLANTED.filter((each) => words.includes(each))).toEqual([]);
    expect(words).toContain('"A mill"');
  });
});
