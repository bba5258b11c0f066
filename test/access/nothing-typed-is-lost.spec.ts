import { Bench } from '../../apps/api/api.fixtures';
import { rightsStepUp } from '../../apps/guard';
import { rightsTasks } from '../../apps/console/pages/rights/rights-tasks';
import { tasks } from '../../apps/console/pages/recording/tasks';
import { doors } from '../../apps/daybook/doors';
import { Browsing, formsOf, isChosen } from './browsing';
import type { Came, Form } from './browsing';

// Every form of the console, from the table of doors: sent when its session has run out, when the proof of identity is too old, or when no reason was
// given for the record, it comes back with every word and choice to whoever typed it, and nothing was recorded.

/** Where a form is shown, and who may send it. A route without one fails the first test. */
interface Place {
  readonly user: string;
  readonly url: string;
  /** Of a row whose form decides: asks for no fresh proof. */
  readonly light?: boolean;
}

const SERGEANT = 'DS 2256';
const DISCLOSURE = 'SYP 7401';
const AUDITOR = 'SYP 7510';
const ADMIN = 'SYP 7900';
const person = { familyName: 'Quarrington', sex: '1', selfDefinedEthnicity: 'NS', officerDefinedEthnicity: 'IC1', nationality: 'GBR' };

describe('what was typed', () => {
  let bench: Bench;
  let places: Readonly<Record<string, readonly Place[]>>;
  const browsers = new Map<string, Browsing>();
  const browsing = (user: string): Browsing => {
    const one = browsers.get(user) ?? new Browsing(bench, user);
    browsers.set(user, one);
    return one;
  };

  const restricted = async (reference: (id: string) => Promise<string>): Promise<{ readonly id: string; readonly reference: string; readonly grant: string; readonly broken: string }> => {
    const id = await bench.opened();
    await bench.post(`/api/v1/investigations/${id}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' });
    const why = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Mine' };
    const { body: grant } = await bench.post(`/api/v1/investigations/${id}/access-grants`, { user: 'RMBC 310', basis: 'Safeguards the children.' }, why);
    const { body: broken } = await (await bench.as('DC 2274')).post(`/api/v1/investigations/${id}/break-glass`, { basis: 'A child may be there.' });
    return { id, reference: await reference(id), grant: (grant as { id: string }).id, broken: (broken as { id: string }).id };
  };

  beforeAll(async () => {
    bench = await Bench.open();
    const settled = () => bench.daybook.reads.waitFor(bench.daybook.store.positionOfNumber(bench.daybook.store.currentHead().number)!, 10_000);
    const referenceOf = async (id: string): Promise<string> => {
      await settled();
      return bench.daybook.queries.one(id as never)!.reference;
    };
    const id = await bench.opened();
    const { body: registered } = await bench.post('/api/v1/people', person);
    const { body: linked } = await bench.post(`/api/v1/investigations/${id}/suspects`, { nominalId: (registered as { id: string }).id, quality: 'NAMED', effectiveAt: { precision: 'day', from: '2019-03-02' } });
    // Somebody is on the list of the operation before another record comes to belong to it.
    await bench.post(`/api/v1/investigations/${id}/operations`, { operation: 'Heather', effectiveAt: { precision: 'day', from: '2019-03-02' } });
    const { body: listed } = await bench.post('/api/v1/operations/Heather/access-grants', { user: 'DC 2235', basis: 'Works on the operation.' });
    const second = await bench.opened();
    await bench.post(`/api/v1/investigations/${second}/operations`, { operation: 'Heather', effectiveAt: { precision: 'day', from: '2019-03-02' } });
    const [link, ref, hard] = [(linked as { id: string }).id, await referenceOf(id), await restricted(referenceOf)];
    const who = bench.daybook.people.one((registered as { id: string }).id as never)!.reference;
    const opening = ref.replace('INV-', '');
    places = {
      'POST /investigations/new': [{ user: SERGEANT, url: '/investigations/new' }],
      'POST /investigations/:reference/record/:task': tasks.filter(({ slug }) => slug !== 'new').map(({ slug }) => ({ user: SERGEANT, url: `/investigations/${ref}/record/${slug}?link=${link}` })),
      'POST /corrections/new': [{ user: SERGEANT, url: `/corrections/new?event=${opening}` }],
      'POST /investigations/:reference/access/grant': [{ user: SERGEANT, url: `/investigations/${hard.reference}/access/grant` }],
      'POST /investigations/:reference/access/withdraw': [{ user: SERGEANT, url: `/investigations/${hard.reference}/access/withdraw?grant=${hard.grant}` }],
      'POST /investigations/:reference/access/operations/:code/grant': [{ user: SERGEANT, url: `/investigations/${ref}/access/operations/Heather/grant` }],
      'POST /investigations/:reference/access/operations/:code/extend': [{ user: SERGEANT, url: `/investigations/${ref}/access/operations/Heather/extend` }],
      'POST /investigations/:reference/access/operations/:code/withdraw': [{ user: SERGEANT, url: `/investigations/${ref}/access/operations/Heather/withdraw?grant=${(listed as { id: string }).id}` }],
      'POST /break-glass': [{ user: 'DC 2235', url: `/break-glass?named=${hard.reference}` }],
      'POST /break-glass/:id/review': [{ user: AUDITOR, url: `/break-glass/${hard.broken}/review?named=${hard.reference}` }],
      'POST /people': [{ user: SERGEANT, url: '/people' }],
      'POST /people/:reference/:task': ['correct', 'alias'].map((slug) => ({ user: SERGEANT, url: `/people/${who}/${slug}` })),
      'POST /people/:reference/rights/:task': rightsTasks.filter(({ slug }) => !slug.endsWith('erasure') || slug.startsWith('request')).map(({ slug, command }) => ({ user: DISCLOSURE, url: `/people/${who}/rights/${slug}`, light: !rightsStepUp(command) })),
      'POST /investigations/:reference/views': [{ user: AUDITOR, url: `/investigations/${ref}/views` }],
      'POST /people/:reference/views': [{ user: AUDITOR, url: `/people/${who}/views` }],
      'POST /audit': [{ user: AUDITOR, url: '/audit' }],
      'POST /audit/purpose': [{ user: AUDITOR, url: '/audit/purpose' }],
      'POST /access-reason': [{ user: 'SYP 7101', url: `/access-reason?record=investigation&named=${ref}&return=%2Fhelp` }],
      'POST /sessions': [{ user: ADMIN, url: '/sessions' }],
    };
  }, 60_000);
  afterAll(() => bench.close());

  // Of jobs there are buttons alone: nothing is typed.
  const rows = doors.all().filter(({ route, asks }) => route !== 'POST /jobs' && route.startsWith('POST ') && !route.startsWith('POST /api/') && asks !== 'NOBODY');

  it('has a place for every form that is sent, in the table of doors', () =>
    expect(Object.keys(places).sort()).toEqual(rows.map(({ route }) => route).sort()));

  const path = (action: string): string => action.split('?')[0]!;
  /** The form of a page that goes back to it and has something to fill in. */
  const formIn = ({ html }: Came, url: string): Form | undefined =>
    formsOf(html).find(({ action, boxes, choices }) => path(action) === path(url) && boxes.length + Object.keys(choices).length > 0);

  const wordsIn = ({ boxes, choices }: Form): Record<string, string> => ({ ...Object.fromEntries(boxes.map((name, i) => [name, `Kept ${i} word`])), ...choices });

  /** What is not there any more of what was typed. */
  const lost = ({ html }: Came, form: Form, typed: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(typed).filter(([name, value]) => (name in form.choices ? !isChosen(html, name, value) : !html.includes(value))).map(([name]) => name);

  interface Hindrance {
    /** What comes between. */
    begin(browser: Browsing): void;
    end(browser: Browsing): void;
    readonly leads: RegExp;
    /** Also for what asks for no fresh proof. */
    readonly all: boolean;
    readonly of: (row: (typeof rows)[number]) => boolean;
  }

  const hindrances: Readonly<Record<string, Hindrance>> = {
    'its session ran out': { begin: (browser) => browser.runOut(), end: (browser) => browser.signIn(), leads: /^\/(timed-out|sign-in)\?return=/, all: true, of: () => true },
    'the proof of identity grew old': {
      begin: (browser) => browser.proved(0), end: (browser) => browser.proved(Date.now()), leads: /^\/sign-in\/start\?fresh=yes&return=/, all: false, of: ({ stepUp }) => stepUp !== undefined,
    },
  };

  /** What was lost of each form of a route; and how many forms there were. */
  const hindered = async (route: string, { begin, end, leads, all }: Hindrance): Promise<{ readonly forms: number; readonly lost: readonly string[] }> => {
    const told: string[] = [];
    let forms = 0;
    for (const { user, url } of places[route]!.filter(({ light }) => all || !light)) {
      const browser = browsing(user);
      const form = formIn(await browser.open(url), url);
      if (!form) continue;
      const typed = wordsIn(form);
      begin(browser);
      const sent = await browser.post(form.action, { ...form.hidden, ...typed });
      end(browser);
      if (!leads.test(sent.location)) {
        told.push(`${url} led to ${sent.status} ${sent.location}`);
        continue;
      }
      forms++;
      const back = new URL(sent.location, 'http://x').searchParams.get('return')!;
      if (back.includes('Kept') || back.includes('word')) told.push(`${url} stands in the address`);
      told.push(...lost(await browser.open(back), form, typed).map((name) => `${name} of ${url}`));
    }
    return { forms, lost: told };
  };

  const cases = Object.entries(hindrances).flatMap(([name, hindrance]) => rows.filter(hindrance.of).map(({ route }) => [route, name, hindrance] as const));

  it.each(cases)('%s is whole again after %s, and nothing is recorded', async (route, _name, hindrance) => {
    await browsing(SERGEANT).get('/help');
    const events = await bench.events();
    const { forms, lost: missing } = await hindered(route, hindrance);
    expect(missing).toEqual([]);
    expect(forms).toBeGreaterThan(0);
    const posts = (await bench.events()) - events; // who signed in is seen in a post
    expect(posts).toBeLessThanOrEqual(1);
  }, 60_000);

  const asksWhy = rows.filter(({ of, asks }) => of && !['breakGlass', 'seeLooks', 'seeActivity'].includes(asks as string)).map(({ route }) => [route] as const);

  it.each(asksWhy)('%s is whole again when a reason had to be given first, where one is asked', async (route) => {
    for (const { user, url } of places[route]!) {
      const browser = browsing(user);
      const form = formIn(await browser.open(url), url);
      if (!form) continue;
      browser.forget();
      const opened = await browser.get(url);
      const typed = wordsIn(form);
      const events = await bench.events();
      if (!opened.location.startsWith('/access-reason')) continue; // the record is their own
      const sent = await browser.post(form.action, { ...form.hidden, ...typed });
      expect([url, sent.location]).toEqual([url, expect.stringMatching(/^\/access-reason\?record=\w+&named=/)]);
      expect(await bench.events()).toBe(events);
      const { location } = await browser.saysWhy((await browser.get(sent.location)).html);
      expect(lost(await browser.open(location), form, typed)).toEqual([]);
    }
  });

  it('is for nobody else: with the address alone another user gets an empty form', async () => {
    const [browser, other] = [browsing(ADMIN), new Browsing(bench, ADMIN)];
    const form = formIn(await browser.open('/sessions'), '/sessions')!;
    browser.proved(0);
    const { location } = await browser.post('/sessions', { ...form.hidden, left: 'Kept 0 word' });
    browser.proved(Date.now());
    const back = new URL(location, 'http://x').searchParams.get('return')!;
    expect((await other.get(back)).html).toContain('Kept 0 word'); // the same person in another browser
    await bench.daybook.signIn.sessions.revoke(ADMIN);
    const stranger = await bench.daybook.signIn.sessions.open({ kind: 'user', id: 'SYP 7901', name: 'Another', role: 'ADMIN', agency: 'South Yorkshire Police', multiFactor: true, provedAt: Date.now() }, { subject: 'x' });
    const seen = await bench.app.inject({ method: 'GET', url: back, headers: { cookie: `daybook=${stranger}` } });
    expect([seen.statusCode, seen.body.includes('Kept 0 word')]).toEqual([200, false]);
  });
});
