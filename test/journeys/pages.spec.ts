import type { Browser, BrowserContext } from 'playwright-core';
import { contextOf, describeJourneys, picture, startBrowser, startProgram, TEAM, violationsOn, watch } from '#test/journey';
import type { Program } from '#test/journey';

jest.setTimeout(120_000);

describeJourneys('every page', () => {
  let program: Program;
  let browser: Browser;
  let reference: string;
  let link: string;
  let event: string;
  let person: string;

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
    const { page } = await watch(await contextOf(browser, program));
    await page.goto(`${program.url}/suspects?team=${TEAM}`);
    reference = (await page.locator('tbody a[href^="/investigations/"]').first().textContent())!;
    person = (await page.locator('tbody a[href^="/people/"]').first().textContent())!;
    await page.goto(`${program.url}/investigations/${reference}`);
    link = (await page.locator('a[href*="record/arrest"]').first().getAttribute('href'))!;
    await page.goto(`${program.url}/investigations/${reference}/history`);
    event = (await page.locator('a[href^="/events/"]').last().getAttribute('href'))!.replace('/events/', '');
    await page.context().close();
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  const addresses = (): Readonly<Record<string, string>> => ({
    dashboard: '/',
    'dashboard-past': '/?area=Rotherham&asAt=2019-06-14T17:00',
    'dashboard-past-known-now': '/?area=Rotherham&asAt=2019-06-14&clock=happened',
    'dashboard-bad-date': '/?show=1&date=31/2/2019&time=25:00',
    'dashboard-hour-twice': '/?show=1&date=27/10/2019&time=01:30',
    'dashboard-before-ledger': '/?asAt=2017-01-01',
    'dashboard-quiet': '/?area=Bedford',
    'dashboard-team': '/?area=Rotherham&theme=CSE&team=Rotherham+CID',
    'file-not-made': '/figures.csv?asAt=2031-01-01',
    investigations: '/investigations',
    'investigations-waiting': '/investigations?suspect=outstanding&wait=over-84',
    'investigations-none': '/investigations?theme=FGM&status=cancelled&suspect=outstanding',
    'investigations-bad-filter': '/investigations?area=Nowhere&theme=x',
    suspects: '/suspects',
    'people-lookup': '/people',
    person: `/people/${person}`,
    'person-past': `/people/${person}?asAtEvent=${person.slice(4)}`,
    'person-correct': `/people/${person}/correct`,
    'person-alias': `/people/${person}/alias`,
    overview: `/investigations/${reference}`,
    'overview-past': `/investigations/${reference}?asAtEvent=${event}`,
    history: `/investigations/${reference}/history`,
    'history-past': `/investigations/${reference}/history?asAtEvent=${event}`,
    'history-filtered': `/investigations/${reference}/history?group=crimes&order=oldest&from=bad`,
    event: `/events/${event}`,
    'open-form': '/investigations/new',
    'link-form': `/investigations/${reference}/record/link-suspect`,
    'outcome-form': `/investigations/${reference}/record/outcome`,
    'arrest-form': link,
    'correction-form': `/corrections/new?event=${event}`,
    help: '/help',
    'counting-rules': '/help/counting-rules',
    accessibility: '/accessibility',
    'not-found': '/no-such-page',
    'unknown-case': '/investigations/INV-999999999',
    'not-yet-opened': `/investigations/${reference}?asAt=2018-01-01`,
  });

  const names = [
    'dashboard', 'dashboard-past', 'dashboard-past-known-now', 'dashboard-bad-date', 'dashboard-hour-twice', 'dashboard-before-ledger', 'dashboard-quiet', 'dashboard-team', 'file-not-made',
    'investigations', 'investigations-waiting',
    'investigations-none', 'investigations-bad-filter', 'suspects', 'people-lookup', 'person', 'person-past', 'person-correct', 'person-alias', 'overview', 'overview-past', 'history', 'history-past', 'history-filtered', 'event', 'open-form', 'link-form',
    'outcome-form', 'arrest-form', 'correction-form', 'help', 'counting-rules', 'accessibility', 'not-found', 'unknown-case', 'not-yet-opened',
  ];

  // Axe itself is a script of ours that the policy would rightly refuse: it runs in contexts of its own.
  const contexts = new Map<number, Promise<BrowserContext>>();
  const axeContext = (width: number): Promise<BrowserContext> => {
    const context = contexts.get(width) ?? contextOf(browser, program, { viewport: { width, height: 900 }, bypassCSP: true });
    contexts.set(width, context);
    return context;
  };

  const violations = async (width: number, address: string): Promise<string[]> => {
    const page = await (await axeContext(width)).newPage();
    await page.goto(program.url + address);
    const found = await violationsOn(page);
    await page.close();
    return found;
  };

  const visit = async (context: BrowserContext, name: string, width: number, pictures: boolean): Promise<void> => {
    const { page, complaints } = await watch(context);
    const response = await page.goto(program.url + addresses()[name]!);
    expect(response!.headers()['content-security-policy']).toContain("default-src 'none'");
    expect(response!.headers()['cache-control']).toBe('no-store');
    expect(response!.headers()['referrer-policy']).toBe('no-referrer');
    await expect(page.locator('header .dbk-marking').innerText()).resolves.toContain('OFFICIAL-SENSITIVE');
    await expect(page.locator('footer .dbk-marking').innerText()).resolves.toContain('OFFICIAL-SENSITIVE');
    await expect(page.locator('.dbk-notice').innerText()).resolves.toContain('invented');
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    if (pictures) await picture(page, `${name}-${width}`);
    expect(complaints).toEqual([]);
    await page.close();
  };

  it('is in the list of pages tested', () => expect(Object.keys(addresses()).sort()).toEqual([...names].sort()));

  it.each(names)('%s is accessible at desktop and phone width', async (name) => {
    expect(await violations(1280, addresses()[name]!)).toEqual([]);
    expect(await violations(400, addresses()[name]!)).toEqual([]);
  });

  it.each([[1280, true], [400, true], [320, true], [1280, false], [400, false], [320, false]])('fits a screen %d wide and keeps its policy, script on: %s', async (width, javaScriptEnabled) => {
    const context = await contextOf(browser, program, { viewport: { width, height: 900 }, javaScriptEnabled });
    for (const name of names) await visit(context, name, width, javaScriptEnabled && width !== 320);
    await context.close();
  });

  it('prints with its marking and without the controls', async () => {
    const context = await contextOf(browser, program, { viewport: { width: 800, height: 1100 } });
    const { page } = await watch(context);
    for (const name of ['dashboard', 'history-past']) {
      await page.goto(program.url + addresses()[name]!);
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('.govuk-service-navigation').isVisible()).resolves.toBe(false);
      await expect(page.locator('form').first().isVisible()).resolves.toBe(false);
      await expect(page.getByText('Printed by DS 2256').isVisible()).resolves.toBe(true);
      await page.pdf({ path: `test-results/pages/${name}.pdf`, format: 'A4', preferCSSPageSize: true });
    }
    await context.close();
  });

  it('is rendered quickly', async () => {
    const times: string[] = [];
    const headers = { authorization: `Bearer ${await program.token()}` };
    for (const name of ['dashboard', 'investigations', 'suspects', 'overview', 'history', 'open-form']) {
      const taken: number[] = [];
      for (let i = 0; i < 20; i++) {
        const began = performance.now();
        await (await fetch(program.url + addresses()[name]!, { headers })).text();
        taken.push(performance.now() - began);
      }
      taken.sort((a, b) => a - b);
      times.push(`${name} ${taken[10]!.toFixed(1)} / ${taken[18]!.toFixed(1)}`);
    }
    process.stderr.write(`-- pages over HTTP, median / p90 in ms: ${times.join(', ')}\n`);
    expect(times).toHaveLength(6);
  });
});
