import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { contextOf, describeJourneys, picture, SERGEANT, startBrowser, startProgram, violationsOn, watch } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

const WHY = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Looks%20after%20it' };

const DETECTIVE = 'DC 2235';
const ANALYST = 'SYP 7101';

describeJourneys('a page that is open while others record', () => {
  let program: Program;
  let browser: Browser;
  const open: Watched[] = [];
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
  });
  afterEach(async () => {
    const complaints = open.flatMap((each) => each.complaints);
    for (const { page } of open.splice(0)) await page.context().close();
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  const record = async (user: string, address: string, body: object): Promise<string> => {
    const token = tokens.get(user) ?? await program.token(user);
    tokens.set(user, token);
    const authorization = `Bearer ${token}`;
    const answer = await fetch(`${program.url}/api/v1/investigations${address}`, { method: 'POST', headers: { authorization, 'content-type': 'application/json', ...WHY }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return ((await answer.json()) as { readonly id: string }).id;
  };
  const begun = (): Promise<string> => record(SERGEANT, '', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] });
  const opened = async (sensitivity?: string): Promise<string> => {
    const id = await begun();
    await record(SERGEANT, `/${id}/allocation`, { officer: DETECTIVE, team: 'Rotherham CID', supervisor: SERGEANT });
    if (sensitivity) await record(SERGEANT, `/${id}/sensitivity`, { sensitivity, basis: 'Staff are suspected.' });
    return id;
  };
  let plans = 0;
  const plan = (id: string): Promise<string> => record(SERGEANT, `/${id}/plan`, { plan: `Line of enquiry ${++plans}`, reviewEveryDays: 28 });

  const bar = ({ page }: Watched) => page.getByRole('status').and(page.locator('.dbk-live'));
  const isLive = (url: string): boolean => new URL(url).pathname === '/live';
  const visit = async (context: BrowserContext, address: string): Promise<Watched> => {
    const watched = await watch(context);
    open.push(watched);
    await watched.page.goto(program.url + address);
    return watched;
  };
  /** Opens a page and waits for its stream, so that what is recorded from now on is told. */
  const listening = async (user: string, address: string, more: BrowserContextOptions = {}): Promise<Watched> => {
    const context = await contextOf(browser, program, more, user);
    const stream = context.waitForEvent('response', (answer) => isLive(answer.url()));
    const watched = await visit(context, address);
    await stream;
    return watched;
  };
  const cards = ({ page }: Watched): Promise<string> => page.locator('.dbk-cards').innerText();

  it.each([1280, 400])('says how many events there are, changes nothing by itself, and shows them when asked (%d wide)', async (width) => {
    const analyst = await listening(ANALYST, '/', { viewport: { width, height: 900 }, bypassCSP: true });
    const before = await cards(analyst);
    expect(await bar(analyst).innerText()).toBe('');
    await begun();
    await bar(analyst).getByText('1 new event. Update the figures').waitFor();
    expect(await cards(analyst)).toBe(before);
    expect(await violationsOn(analyst.page)).toEqual([]);
    expect(await analyst.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await picture(analyst.page, `live-dashboard-${width}`);
    await bar(analyst).getByRole('link', { name: 'Update the figures' }).click();
    await analyst.page.waitForLoadState();
    expect(await cards(analyst)).not.toBe(before);
    expect(await bar(analyst).innerText()).toBe('');
  });

  it('says nothing of a record that its reader may not know, and counts what they may', async () => {
    const [hidden, shown] = [await opened('SENSITIVE'), await opened()];
    const [analyst, officer] = [await listening(ANALYST, '/investigations'), await listening(DETECTIVE, '/investigations')];
    await plan(hidden);
    await bar(officer).getByText('1 new event. Update the list').waitFor();
    expect(await bar(analyst).innerText()).toBe('');
    await plan(shown);
    await bar(analyst).getByText('1 new event. Update the list').waitFor();
  });

  it('says so on the page of one record, of that record alone', async () => {
    const [id, other] = [await opened(), await opened()];
    const reader = await listening(DETECTIVE, `/investigations/${id}/history`, { bypassCSP: true });
    await plan(other);
    await plan(id);
    await bar(reader).getByText('1 new event. Update this page').waitFor();
    expect(await violationsOn(reader.page)).toEqual([]);
    await picture(reader.page, 'live-history-1280');
    await bar(reader).getByRole('link').click();
    await reader.page.getByText('of 3 events').first().waitFor();
  });

  it('is at most one announcement in thirty seconds', async () => {
    const id = await opened();
    const context = await contextOf(browser, program, {}, ANALYST);
    const { page, ...rest } = await watch(context);
    open.push({ page, ...rest });
    await page.clock.install();
    const stream = page.waitForResponse((answer) => isLive(answer.url()));
    await page.goto(`${program.url}/`);
    await page.clock.runFor(1_000);
    await stream;
    const says = page.locator('.dbk-live');
    // The page's own clock stands still; the server's does not.
    const told = (count: number): Promise<unknown> => page.waitForFunction((wanted) => (globalThis as unknown as { heard: number }).heard >= wanted, count);
    await page.evaluate(() => {
      const here = globalThis as unknown as { heard: number; BroadcastChannel: new (name: string) => { onmessage: unknown }; document: { querySelector(selector: string): { dataset: { liveChannel: string } } } };
      here.heard = 0;
      new here.BroadcastChannel(`daybook ${here.document.querySelector('.dbk-live').dataset.liveChannel}`).onmessage = ({ data }: { data: { told?: { count: number } } }) => {
        if (data.told) here.heard = data.told.count;
      };
    });
    await plan(id);
    await told(1);
    await page.clock.runFor(100);
    expect(await says.innerText()).toContain('1 new event.');
    await plan(id);
    await told(2);
    await page.clock.runFor(20_000);
    expect(await says.innerText()).toContain('1 new event.');
    await page.clock.runFor(10_000);
    expect(await says.innerText()).toContain('2 new events.');
  });

  it('shares one connection with the other pages of its browser, and hands it on', async () => {
    const id = await opened();
    const first = await listening(ANALYST, '/');
    const context = first.page.context();
    const again = context.waitForEvent('response', (answer) => isLive(answer.url()));
    const second = await visit(context, '/investigations');
    expect((await again).request().frame().page()).toBe(first.page); // the first asks for both
    await plan(id);
    await bar(first).getByText('1 new event. Update the figures').waitFor();
    await bar(second).getByText('1 new event. Update the list').waitFor();
    expect(second.addresses.filter(isLive)).toEqual([]);
    const handed = second.page.waitForResponse((answer) => isLive(answer.url()));
    await first.page.goto(`${program.url}/help`);
    await handed;
    const joined = second.page.waitForResponse((answer) => isLive(answer.url()));
    const third = await visit(context, '/suspects');
    await joined;
    await plan(id);
    await bar(third).getByText('1 new event. Update the list').waitFor();
  });

  it('is not there in the past, nor without script', async () => {
    const past = await visit(await contextOf(browser, program, {}, ANALYST), '/?asAt=2019-06-14');
    expect(await past.page.locator('.dbk-live').count()).toBe(0);
    const plain = await visit(await contextOf(browser, program, { javaScriptEnabled: false }, ANALYST), '/');
    await opened();
    expect([await bar(plain).innerText(), [...past.addresses, ...plain.addresses].filter(isLive)]).toEqual(['', []]);
  });

  it('hears nothing more when its session is over, and does not ask again', async () => {
    const id = await opened();
    const reader = await listening('SYP 7510', '/investigations');
    // Whichever of the two hangs up first.
    const gone = new Promise<void>((resolve) => {
      for (const event of ['requestfinished', 'requestfailed'] as const) reader.page.on(event as 'requestfinished', (request) => isLive(request.url()) && resolve());
    });
    await program.runOut('SYP 7510');
    await gone;
    await plan(id);
    expect(await bar(reader).innerText()).toBe('');
    expect(reader.addresses.filter(isLive)).toHaveLength(1);
  });
});
