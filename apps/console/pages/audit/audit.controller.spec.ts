import { StoreUnavailableError } from '#kernel';
import type { Reader } from '#platform/access';
import type { ActItem, LookItem, LookPage, ShownKind } from '#contexts/oversight';
import type { ConsoleParts } from '../../parts';
import type { WebReply, WebRequest } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import type { Pages } from '../../rendering/pages';
import { Admission } from '../../../guard';
import { FormDrafts } from '../recording/form-drafts';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { ViewsController } from '../views/views.controller';
import { AuditController } from './audit.controller';
import { LookDesk } from './look-desk';
import { PurposesGiven } from './purposes-given';
import { UserAddresses } from './users';

const auditor: Reader = { kind: 'user', id: 'AU 1', name: 'A. Auditor', role: 'AUDITOR', agency: 'SYP', multiFactor: true, provedAt: 0, session: 'a' };
const standards: Reader = { ...auditor, id: 'PSD 1', role: 'PROFESSIONAL_STANDARDS', session: 'p' };
const look: LookItem = {
  number: 7, eventId: 'e', operation: 'CONSULTATION', at: Date.parse('2026-06-14T09:00:00Z'), recordedAt: '2026-06-14T09:20:00.000Z' as LookItem['recordedAt'], user: 'DC 4417',
  role: 'DETECTIVE', agency: 'SYP', team: null, door: 'PAGE', route: '/investigations/:reference', reason: 'SUPERVISION_OR_TASKING', covert: false,
  shown: [{ kind: 'investigation', ids: ['i-1', 'hidden'] }, { kind: 'person', ids: Array.from({ length: 12 }, (_, i) => `p-${i}`) }], more: 3, recipients: null, denied: null, named: null,
};
const denied: LookItem = { ...look, operation: 'DENIAL', denied: 'investigation:read', shown: [], more: 0, named: { eventId: 'e', path: 'data.named', value: { unsealed: 'x', key: 'k' as never } } };
const act: ActItem = { number: 1204, category: 'investigation', id: 'i-1', type: 'CrimeRecorded', operation: 'COLLECTION', recordedAt: Date.parse('2026-06-14T09:00:00Z') };
const page = <T>(...items: T[]): LookPage<T> => ({ items, total: items.length });

/** The pages of oversight over a log of one look. */
class Desk {
  readonly order: string[] = [];
  readonly recorded: { reader: Reader; look: { route: string; shown: { kind: ShownKind; ids: string[] }[]; reason?: { code: string } } }[] = [];
  readonly asked: object[] = [];
  shown: Page | undefined;
  redirected: string | undefined;
  broken = false;
  /** Whether nobody has looked and nobody has recorded. */
  readonly audit: AuditController;
  readonly views: ViewsController;
  private readonly tokens = new FormTokens({ digest: (text) => Buffer.from(text).toString('base64url').padEnd(43, 'x').slice(-43) });

  constructor() {
    const keep = <T>(answer: T) => (...said: object[]): T => {
      this.asked.push(said.at(-1)!);
      return answer;
    };
    const parts = { clock: () => Date.parse('2026-06-20T12:00:00Z'), oversight: {
      lookQueries: { ofRecord: keep(page(look)), ofUser: keep(page(look)), waysOf: () => ({ OPENED: 1, LISTED: 1204, TAKEN_OUT: 0 }), users: () => ['dc 4417'], writtenAs: (user: string) => user.toUpperCase(),
        denials: keep(page(denied, { ...denied, number: 8 }, { ...denied, number: 9, named: null }, { ...denied, number: 10, denied: 'page:NOT_ALLOWED', named: null })), actsOf: keep(page(act)), unusual: keep([{ day: '2026-06-14', user: 'DC 4417', looks: 60, records: 60, denials: 0, usual: 5 }]) },
      looks: { record: async (reader: Reader, said: never) => {
        this.order.push('recorded');
        if (this.broken) throw new StoreUnavailableError('away', 'no');
        this.recorded.push({ reader, look: said });
      } },
      askedIn: async (_: Reader, looks: readonly LookItem[]) => new Map(looks.filter(({ named }) => named).map(({ number }) => [number, number === 7 ? { kind: 'investigation', reference: 'INV-31' } : undefined])),
      seesCovert: ({ role }: Reader) => role === 'PROFESSIONAL_STANDARDS',
      referenceOf: (_: Reader, kind: ShownKind, id: string) => (id === 'hidden' ? undefined : `${kind === 'person' ? 'PER' : 'INV'}-${id}`),
      recordNamed: (_: Reader, __: string, reference: string) => (reference === 'INV-31' ? 'i-1' : undefined),
      breakGlass: async () => [{ reference: 'INV-31', href: '/investigations/INV-31', user: 'DC 9', at: look.at }],
    }, vault: { digest: (text: string) => `digest-${text.length}` } } as unknown as ConsoleParts;
    const pages = {
      show: (_: WebReply, shown: Page) => { this.order.push('shown'); this.shown = shown; },
      redirect: (_: WebReply, to: string) => { this.redirected = to; },
    } as unknown as Pages;
    const [notes, drafts] = [new Map<string, string>(), new Map<string, string>()];
    const purposes = new PurposesGiven({ of: async (session, about) => notes.get(session + about), keep: async (session, about, note) => void notes.set(session + about, note) });
    const typed = new TypedTooLate(this.tokens, new FormDrafts({ of: async (_, key) => drafts.get(key), keep: async (_, key, text) => void drafts.set(key, text) }));
    const users = new UserAddresses(parts);
    const desk = new LookDesk(parts, purposes, this.tokens, users, pages);
    this.audit = new AuditController(parts, desk, purposes, users, this.tokens, typed, pages);
    this.views = new ViewsController(desk, users, this.tokens, typed, pages);
  }

  request(more: Partial<WebRequest> = {}): WebRequest {
    const reader = 'reader' in more ? more.reader : auditor;
    return { method: 'GET', url: '/audit', headers: {}, query: {}, body: {}, reader, ...(reader && { admission: new Admission(reader, {} as never, {} as never) }), ...more } as WebRequest;
  }

  async chosen(reader = auditor, to = '/audit'): Promise<this> {
    const { token } = this.tokens.issue({ reader });
    await this.audit.purpose(this.request({ reader, body: { token, to, purpose: 'LAWFULNESS' } }), reply);
    return this;
  }

  get model(): Record<string, unknown> {
    return this.shown!.model as Record<string, unknown>;
  }
}

const reply = {} as WebReply;
/** What stands for DC 4417 in addresses. */
const DC = 'digest-20';

describe('the pages of oversight', () => {
  let desk: Desk;
  beforeEach(() => { desk = new Desk(); });

  it('turn away who has not signed in', async () => {
    await expect(desk.audit.home(desk.request({ reader: undefined }), reply)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
    await expect(desk.views.ofInvestigation('INV-31', desk.request({ reader: undefined }), reply)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  });

  it('ask for what the log is needed before anything is shown, once a session', async () => {
    await desk.audit.home(desk.request({ url: '/audit?cursor=9' }), reply);
    expect({ view: desk.shown!.view, to: desk.model.to, recorded: desk.recorded, asked: desk.asked }).toEqual({ view: 'pages/audit/purpose.njk', to: '/audit?cursor=9', recorded: [], asked: [] });
    expect((desk.model.items as { value: string }[]).map(({ value }) => value)).toEqual(['LAWFULNESS', 'SELF_MONITORING', 'INTEGRITY', 'CRIMINAL_PROCEEDINGS']);
    await desk.chosen();
    await desk.audit.home(desk.request(), reply);
    expect(desk.shown!.view).toBe('pages/audit/audit.njk');
    await desk.audit.home(desk.request({ reader: { ...auditor, session: 'b' } }), reply);
    expect(desk.shown!.view).toBe('pages/audit/purpose.njk');
  });

  it('ask again when nothing was chosen, and lead to no other program', async () => {
    await desk.chosen(auditor, 'https://elsewhere.example/');
    expect(desk.redirected).toBe('/audit');
    await desk.chosen(auditor, '//elsewhere.example/');
    expect(desk.redirected).toBe('/audit');
    await desk.audit.purpose(desk.request({ body: { token: 'forged', purpose: 'LAWFULNESS' } }), reply);
    expect(desk.shown).toMatchObject({ view: 'pages/audit/purpose.njk' });
    expect(desk.shown!.status).toBeUndefined();
  });

  it('are on record with their purpose before they are shown', async () => {
    await (await desk.chosen()).views.ofInvestigation('INV-31', desk.request(), reply);
    expect(desk.order).toEqual(['recorded', 'shown']);
    expect(desk.recorded).toMatchObject([{ reader: { id: 'AU 1' }, look: {
      kind: 'consultation', door: 'PAGE', route: '/investigations/:reference/views', reason: { code: 'LAWFULNESS' },
      shown: [{ kind: 'investigation', ids: ['i-1'] }, { kind: 'look-log', ids: ['7'] }],
    } }]);
  });

  it.each([
    ['who viewed it', (each: Desk) => each.views.ofInvestigation('INV-31', each.request(), reply)], ['findings', (each: Desk) => each.audit.home(each.request(), reply)],
    ['one user', (each: Desk) => each.audit.activity(DC, each.request(), reply)],
  ] as const)('show nothing that could not be recorded (%s)', async (_, open) => {
    (await desk.chosen()).broken = true;
    await expect(open(desk)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(desk.shown).toBeUndefined();
  });

  it('ask for looks of professional standards for professional standards alone', async () => {
    for (const reader of [auditor, standards]) {
      await (await desk.chosen(reader)).audit.home(desk.request({ reader }), reply);
      await desk.views.ofInvestigation('INV-31', desk.request({ reader }), reply);
      await desk.audit.activity(DC, desk.request({ reader }), reply);
    }
    expect(desk.asked.map((asked) => (asked as { covert: boolean }).covert)).toEqual([...Array(5).fill(false), ...Array(5).fill(true)]);
  });

  it('know no record that the reader does not know', async () => {
    await expect((await desk.chosen()).views.ofInvestigation('INV-99', desk.request(), reply)).rejects.toMatchObject({ status: 404 });
    await desk.audit.activity(DC, desk.request(), reply);
    const [{ records, beyond }] = desk.model.saw as [{ records: { text: string; href?: string }[]; beyond: string }];
    expect(records[0]).toEqual({ text: 'INV-i-1', href: '/investigations/INV-i-1' });
    expect(records[1]).toEqual({ text: 'A record that you may not see' });
    expect({ named: records.length, beyond }).toEqual({ named: 10, beyond: 'and 7 more records' });
  });

  it('put break-glass first, then unusual days, then denials', async () => {
    await (await desk.chosen()).audit.home(desk.request(), reply);
    expect(desk.model).toMatchObject({
      breakGlass: [{ reference: 'INV-31', user: 'DC 9', userHref: '/audit/users/digest-17', when: '14 June 2026 at 10:00am' }],
      unusual: [{ day: '14 June 2026', user: 'DC 4417', records: '60', usual: '5', href: '/audit/users/digest-20?from=2026-06-14&to=2026-06-14' }],
      denials: [
        { what: 'Turned away', denied: 'investigation, read', reason: '', records: [{ text: 'INV-31', href: '/investigations/INV-31' }] },
        { number: 8, records: [{ text: 'A record that you may not see' }] }, { number: 9, records: [{ text: 'Not kept' }] }, { number: 10, records: [] },
      ],
    });
  });

  it('tell who looked, when, by which door and why, and that the log got it late', async () => {
    await (await desk.chosen()).views.ofInvestigation('INV-31', desk.request(), reply);
    expect(desk.model.rows).toMatchObject([{
      who: 'DC 4417', post: 'Detective, SYP', when: '14 June 2026 at 10:00am', late: 'reached the log 14 June 2026 at 10:20am', what: 'Viewed', door: 'Page',
      route: '/investigations/:reference', reason: 'Supervision or tasking',
    }]);
  });

  it('take dates in London, both included, and say when they are none', async () => {
    const query = { from: '14/6/2026', to: '14 June 2026', who: DC };
    await (await desk.chosen()).views.ofInvestigation('INV-31', desk.request({ query }), reply);
    expect(desk.asked).toEqual([{ covert: false, limit: 50, user: 'DC 4417', way: 'OPENED', from: Date.parse('2026-06-13T23:00:00Z'), before: Date.parse('2026-06-14T23:00:00Z') }]);
    await desk.views.ofInvestigation('INV-31', desk.request({ query: { from: '31/6/2026' } }), reply);
    expect(desk.shown).toMatchObject({ status: 400, model: { summary: [{ href: '#from' }] } });
  });

  it('say which date of the denials is none, and find nothing only in the time chosen', async () => {
    await (await desk.chosen()).audit.home(desk.request({ query: { from: 'nonsense', to: '1/1/1800' } }), reply);
    expect(desk.shown).toMatchObject({ status: 400, model: { summary: [{ text: 'From must be a real date, such as 14/6/2019', href: '#from' }], deniedNone: 'Nobody was turned away in the time chosen.', filters: { to: '1/1/1800' } } });
    await desk.audit.home(desk.request({ query: { from: '2/1/2026', to: '1/1/2026' } }), reply);
    expect(desk.shown).toMatchObject({ status: 400, model: { summary: [{ text: 'To must be the same day as From or later', href: '#to' }] } });
    await desk.audit.home(desk.request(), reply);
    expect(desk.model).toMatchObject({ deniedNone: 'Nobody was turned away.', summary: [] });
  });

  it('tell what one user recorded beside what they saw', async () => {
    await (await desk.chosen()).audit.activity(DC, desk.request({ query: { show: 'did', cursor: '2000' } }), reply);
    expect(desk.asked).toMatchObject([{ covert: false }, { cursor: '2000' }]);
    expect(desk.asked[0]).not.toHaveProperty('cursor');
    expect(desk.model).toMatchObject({
      side: 'did', did: [{ what: 'Recorded', title: 'Crime recorded', number: '1,204', href: '/events/1204', record: { text: 'INV-i-1' } }],
      tabs: [{ text: 'Saw (1)', href: '/audit/users/digest-20' }, { text: 'Recorded (1)', href: '/audit/users/digest-20?show=did', active: true }],
    });
    expect(desk.recorded[0]!.look.shown).toEqual([{ kind: 'user-activity', ids: ['DC 4417'] }, { kind: 'look-log', ids: [] }, { kind: 'event', ids: ['1204'] }]);
  });

  it('show who opened it first, and how many there are of the others', async () => {
    await (await desk.chosen()).views.ofInvestigation('INV-31', desk.request({ query: { from: '14/6/2026' } }), reply);
    expect(desk.model).toMatchObject({ total: '1 look, newest first: opened', filters: { way: 'opened', ways: [
      { value: 'opened', text: 'Opened (1)', checked: true }, { value: 'listed', text: 'Shown in a list (1,204)' }, { value: 'taken-out', text: 'Taken out (0)' }, { value: 'all', text: 'All (1,205)' },
    ] } });
    await desk.views.ofInvestigation('INV-31', desk.request({ query: { way: 'all' } }), reply);
    expect(desk.asked.at(-1)).not.toHaveProperty('way');
  });

  it('narrow to one user, whose number stands in no address', async () => {
    await (await desk.chosen()).views.ofUserOnInvestigation('INV-31', desk.request({ body: { user: 'dc 4417', way: 'all', from: '14/6/2026' } }), reply);
    expect(desk.redirected).toBe(`/investigations/INV-31/views?from=2026-06-14&who=${DC}&way=all`);
    await desk.views.ofUserOnInvestigation('INV-31', desk.request({ body: { user: 'nobody at all' } }), reply);
    expect(desk.shown).toMatchObject({ status: 400, model: { filters: { typed: 'nobody at all' }, summary: [{ text: 'Nobody with that number has looked at anything', href: '#user' }] } });
  });

  it('say that nobody has the number that was typed, and keep it', async () => {
    await (await desk.chosen()).audit.find(desk.request({ body: { user: 'DC 1' } }), reply);
    expect(desk.shown).toMatchObject({ status: 400, model: { typed: 'DC 1', error: 'Nobody with that number has recorded or looked at anything' } });
    await expect(desk.audit.activity('unknown', desk.request(), reply)).rejects.toMatchObject({ status: 404 });
  });

  it('go to the page of a user whose collar number was typed', async () => {
    await desk.audit.find(desk.request({ body: { user: ' DC 4417 ' } }), reply);
    expect(desk.redirected).toBe('/audit/users/digest-20');
  });
});
