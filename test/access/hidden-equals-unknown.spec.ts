import type { OpenAPIObject } from '@nestjs/swagger';
import { Seeded } from '#test/seeded';
import { doors } from '../../apps/daybook/doors';
import type { Named } from '../../apps/guard/rows';
import { SignedIn } from './signed-in';
import type { Told } from './signed-in';

// A sensitive investigation, a person who is on it alone, and their events. Whoever may not know of them must get what they get for what was
// never there: the same status, headers and words, so that no guess can be told right from wrong.

const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const GUESSES = 10_000;
const TITLE = 'Operation Quillwort';
const NAME = 'Zwetschgenbaum';
const CRIME = '14/778899/19';

/** Who may not know of it: every role but professional standards, none of them named. */
const strangers = ['SYP 7101', 'DC 2235', 'DS 2256', 'SYP 7210', 'SYP 7320', 'SYP 7401', 'SYP 7510', 'RMBC 310', 'SYP 7900'];
const OPENER = 'DS 2393';

const uuid = (random: Seeded): string => {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

describe(`what is hidden (seed ${seed})`, () => {
  const random = new Seeded(seed);
  let desk: SignedIn;
  let document: OpenAPIObject;
  let hidden: { readonly id: string; readonly reference: string; readonly person: string; readonly personReference: string; readonly link: string; readonly events: readonly number[] };
  const unknown = { id: uuid(random), person: uuid(random), crime: '14/998877/19', link: uuid(random) };
  /** A reference or number as long as one that is there, and beyond all of them: what a page repeats must not change its length. */
  const beyond = (text: string): string => text.replaceAll(/\d/g, '9');

  beforeAll(async () => {
    desk = await SignedIn.open();
    const made = async (path: string, body: object): Promise<string> => ((await desk.done(OPENER, path, body)) as { id: string }).id;
    const day = (from: string) => ({ precision: 'day', from });
    const person = await made('/api/v1/people', { familyName: NAME, sex: '1', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'GBR' });
    const id = await made('/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], title: TITLE, team: 'Quillwort team', effectiveAt: day('2019-03-01'), crimes: [{ force: '14', crimeReference: CRIME, offence: '8/21', offenceFrom: '2019-02-20' }] });
    const link = await made(`/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person, basis: 'Named.', effectiveAt: day('2019-03-02') });
    await desk.done(OPENER, `/api/v1/investigations/${id}/sensitivity`, { sensitivity: 'SENSITIVE', basis: 'Staff are suspected.', effectiveAt: day('2019-03-03') });
    await desk.settle();
    const [one, body] = [await desk.read(OPENER, `/api/v1/investigations/${id}`), await desk.read(OPENER, `/api/v1/people/${person}`)];
    const history = (await desk.read(OPENER, `/api/v1/investigations/${id}/history`)) as readonly { number: number }[];
    hidden = { id, person, link, reference: (one as { reference: string }).reference, personReference: (body as { reference: string }).reference, events: history.map(({ number }) => number) };
    document = (await desk.ask(OPENER, 'GET', '/api/openapi.json')).body as OpenAPIObject;
  }, 120_000);
  afterAll(() => desk.close());

  /** Each address that names a record, with what it names hidden and with what it names unknown: from the access table, so that a new page is asked too. */
  const pairs = (): readonly (readonly [string, string])[] => {
    const named: Readonly<Record<Named['record'], readonly (readonly [string, string])[]>> = {
      investigation: [[hidden.id, unknown.id], [hidden.reference, beyond(hidden.reference)], [hidden.reference.toLowerCase(), beyond(hidden.reference).toLowerCase()], [encodeURIComponent(CRIME), encodeURIComponent(unknown.crime)]],
      person: [[hidden.person, unknown.person], [hidden.personReference, beyond(hidden.personReference)]],
      event: hidden.events.map((number) => [String(number), '900000017'] as const),
    };
    const tasks = ['plan', 'suspect', 'review', 'alias', 'correct', 'none'];
    const filled = (path: string, of: Named, name: string): readonly string[] => {
      const address = of.in === 'query' ? `${path}?${of.by}=${name}` : path.replace(`:${of.by}`, name);
      return /:\w+/.test(address) ? tasks.map((task) => address.replace(/:\w+/, task)) : [address];
    };
    const ofTable = doors.all().filter(({ route, of }) => of && route.startsWith('GET ')).flatMap(({ route, of }) =>
      named[of!.record].flatMap(([is, isNot]) => {
        const others = filled(route.slice(4), of!, isNot);
        return filled(route.slice(4), of!, is).map((address, nth) => [address, others[nth]!] as const);
      }));
    const reasons = [...named.investigation.map((names) => ['investigation', names] as const), ...named.person.map((names) => ['person', names] as const)].map(([record, [is, isNot]]) =>
      [is, isNot].map((name) => `/access-reason?record=${record}&named=${name}&return=%2F`) as unknown as readonly [string, string]);
    return [...ofTable, ...reasons, ...named.investigation.map((names) => names.map((name) => `/restricted?named=${name}`) as unknown as readonly [string, string])];
  };

  /** What was asked for is in the answer's words where a page repeats the address; nothing else may differ. */
  const without = ({ status, headers, text }: Told, ...named: readonly string[]): object => {
    let told = JSON.stringify([headers, text]);
    for (const name of named) told = told.split(name).join('?');
    return { status, told: JSON.parse(told) as unknown };
  };

  it('is there, for who opened it and for professional standards', async () => {
    expect((await desk.ask(OPENER, 'GET', `/api/v1/investigations/${hidden.id}`, { reason: true })).status).toBe(200);
    expect((await desk.ask('SYP 7610', 'GET', `/api/v1/investigations/${hidden.id}`, { reason: true })).status).toBe(200);
    expect(hidden.events.length).toBeGreaterThanOrEqual(4);
  });

  it.each(strangers)('is answered to %s at every address as what was never there', async (user) => {
    const asked = pairs();
    expect(asked.length).toBeGreaterThan(30);
    for (const [is, isNot] of asked) {
      const [first, second] = [await desk.tell(user, is), await desk.tell(user, isNot)];
      // What a page or a redirect repeats: the address, the address of an event, references and ids; not each 1 because an event has that number.
      const names = (address: string) => [address, `/events/${address.split(/[/?=]/).at(-1)}`, ...address.split(/[/?=&]/).filter((part) => part.length > 4 && /\d/.test(part)).flatMap((part) => [part, decodeURIComponent(part)])];
      expect({ user, is, told: without(first, ...names(is)) }).toEqual({ user, is, told: without(second, ...names(isNot)) });
      // A page that first asks what for is the same for every address.
      if (is.startsWith('/api/')) expect([is, first.status]).not.toEqual([is, 200]);
    }
  }, 120_000);

  it.each(strangers)('takes no command of %s, and answers as what was never there', async (user) => {
    const before = await desk.events();
    for (const [path, { post }] of Object.entries(document.paths)) {
      if (!post || !path.includes('{id}')) continue;
      const { example } = (post.requestBody as { content: Record<string, { examples: { example: { value: object } } }> }).content['application/json']!.examples as { example: { value: object } };
      const on = (record: string, link: string) => desk.tell(user, path.replace('{id}', record).replace('{linkId}', link), example.value);
      const [is, isNot] = path.includes('/people/') ? [await on(hidden.person, ''), await on(unknown.person, '')] : [await on(hidden.id, hidden.link), await on(unknown.id, unknown.link)];
      expect({ user, path, told: is }).toEqual({ user, path, told: isNot });
      expect([path, is.status]).toEqual([path, expect.any(Number)]);
      expect(is.status).toBeGreaterThanOrEqual(400);
    }
    expect(await desk.events()).toBe(before);
  }, 120_000);

  it('names nobody hidden in a command either', async () => {
    const id = ((await desk.done('DC 2235', '/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] })) as { id: string }).id;
    await desk.settle();
    for (const [is, isNot] of [[hidden.person, unknown.person], [hidden.personReference, beyond(hidden.personReference)]] as const) {
      const link = (nominalId: string) => desk.tell('DC 2235', `/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId, basis: 'Named.' });
      expect(without(await link(is), is)).toEqual(without(await link(isNot), isNot));
    }
  });

  it.each(strangers)('leaves no trace in any list, count or page of %s', async (user) => {
    const lists = Object.entries(document.paths).flatMap(([path, { get }]) => (get && !path.includes('{') ? [path] : []));
    const pages = ['/', '/investigations', '/investigations?status=all', '/suspects', '/people', '/investigations.csv', '/figures.csv'];
    for (const address of [...lists, ...lists.map((path) => `${path}?area=Rotherham`), ...pages]) {
      const text = JSON.stringify(await desk.tell(user, address));
      for (const trace of [hidden.id, hidden.reference, hidden.person, hidden.personReference, hidden.link, TITLE, NAME, CRIME, 'Quillwort'])
        expect({ user, address, traced: text.includes(trace) && trace }).toEqual({ user, address, traced: false });
    }
  });

  it(`stands up to ${GUESSES.toLocaleString('en-GB')} guesses`, async () => {
    const near = Number(hidden.reference.slice(4));
    const seen = new Set<string>();
    for (let nth = 0; nth < GUESSES; nth++) {
      const user = random.pick(strangers);
      const guess = nth % 100 === 0 ? hidden.id : nth % 2 === 0 ? uuid(random) : `INV-${nth % 99 === 0 ? near : near + 1_000 + random.below(1_000_000)}`;
      const told = await desk.tell(user, `/api/v1/investigations/${guess}`);
      seen.add(`${user} ${JSON.stringify(told)}`);
    }
    // One answer for each who asked, whatever they guessed.
    expect([...seen].map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Told).filter(({ status }) => status !== 404 && status !== 403)).toEqual([]);
    expect(seen.size).toBe(strangers.length);
  }, 300_000);
});
