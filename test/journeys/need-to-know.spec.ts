import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contextOf, describeJourneys, picture, signInOn, startBrowser, startProgram, TEAM, violationsOn, watch, withReason } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

const [ANALYST, OF_THE_TEAM, OF_ANOTHER, SUPERVISOR, INTELLIGENCE, SOURCES] = ['SYP 7101', 'DC 2235', 'DC 2274', 'DS 2256', 'SYP 7210', 'SYP 7320'] as const;
const [DISCLOSURE, AUDITOR, STANDARDS, PARTNER, ADMIN, OTHER_SUPERVISOR] = ['SYP 7401', 'SYP 7510', 'SYP 7610', 'RMBC 310', 'SYP 7900', 'DS 2393'] as const;

const lists = ['Dashboard', 'Investigations', 'Suspects outstanding'];
const withPeople = [...lists, 'People'];

/** What an ordinary case of the team of two of them is to each. `tasks`: some of what is offered; `never`: some of what is not. */
const roles = [
  { user: ANALYST, who: 'an analyst', menu: withPeople, opens: false, sees: 200, views: false },
  { user: OF_THE_TEAM, who: 'a detective of the team', menu: withPeople, opens: true, sees: 200, tasks: ['link-suspect', 'crime', 'plan'], never: ['allocate', 'change-owner', 'review', 'transfer', 'sensitivity'] },
  { user: OF_ANOTHER, who: 'a detective of another team', menu: withPeople, opens: true, sees: 200, views: false },
  { user: SUPERVISOR, who: 'a supervisor of the team', menu: ['Dashboard', 'My work', ...withPeople.slice(1)], opens: true, sees: 200, tasks: ['link-suspect', 'plan', 'review', 'transfer', 'sensitivity'] },
  { user: INTELLIGENCE, who: 'the intelligence unit', menu: withPeople, opens: true, sees: 200, views: false },
  { user: SOURCES, who: 'the source unit', menu: lists, opens: false, sees: 403 },
  { user: DISCLOSURE, who: 'a disclosure officer', menu: [...withPeople, 'Reviews due'], opens: false, sees: 200, views: false },
  { user: AUDITOR, who: 'an auditor', menu: [...withPeople, 'Audit'], opens: false, sees: 200, views: true },
  { user: STANDARDS, who: 'professional standards', menu: [...withPeople, 'Audit'], opens: false, sees: 200, views: true },
  { user: PARTNER, who: 'a partner', menu: lists, opens: false, sees: 404 },
  { user: ADMIN, who: 'an administrator', menu: ['Sessions', 'Jobs'], opens: false, sees: 404 },
] as const satisfies readonly { user: string; who: string; menu: readonly string[]; opens: boolean; sees: number; tasks?: readonly string[]; never?: readonly string[]; views?: boolean }[];

describeJourneys('what each may see and do', () => {
  let program: Program;
  let browser: Browser;
  let cases: readonly string[];
  let restricted: string;
  let hidden: readonly string[];
  const open: Watched[] = [];

  const visit = async (user: string, address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await watch(await contextOf(browser, program, { viewport: { width: 1280, height: 900 }, ...options }, user));
    open.push(watched);
    await watched.page.goto(program.url + address);
    return watched.page;
  };
  /** In a session of its own. */
  const signIn = async (user: string, address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await watch(await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options }));
    open.push(watched);
    await watched.page.goto(`${program.url}/sign-in?return=${encodeURIComponent(address)}`);
    await signInOn(watched.page, user);
    return watched.page;
  };
  const go = (page: Page, address: string) => page.goto(program.url + address);
  const main = (page: Page): Promise<string> => page.locator('main').innerText();
  const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
  const place = (page: Page): string => new URL(page.url()).pathname;
  const count = (text: string): number => Number((/\d[\d,]*/.exec(text)?.[0] ?? '0').replaceAll(',', ''));
  const offered = async (page: Page): Promise<string[]> => {
    const links = await page.locator('main a[href*="/record/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!.split('/record/')[1]!.split('?')[0]!));
    return [...new Set(links)];
  };
  const purpose = async (page: Page): Promise<void> => {
    if (await page.getByLabel('To check that processing is lawful').count() === 0) return;
    await page.getByLabel('To check that processing is lawful').click();
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
    const { page } = await watch(await contextOf(browser, program, {}, OF_THE_TEAM));
    await go(page, `/investigations?team=${TEAM}`);
    cases = await page.locator('tbody th a[href^="/investigations/"]').allTextContents();
    await page.context().close();
    [restricted] = (await program.reassessed('RESTRICTED')) as [string];
    hidden = await program.reassessed('SENSITIVE');
    cases = cases.filter((each) => each !== restricted);
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

  describe.each(roles)('$who', (role) => {
    const { user, menu, opens, sees } = role;

    it('has in the menu what can be opened, and nothing else', async () => {
      const page = await visit(user, '/');
      const links = page.locator('.govuk-service-navigation__link');
      expect((await links.allTextContents()).map((text) => text.trim().replace(/ \(\d+\)$/, ''))).toEqual([...menu]);
      await picture(page, `role-${user.replace(' ', '-')}-1280`);
      for (const href of await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!))) expect([href, (await go(page, href))!.status()]).toEqual([href, 200]);
    });

    it('is offered what may be done with a case, and nothing that is greyed', async () => {
      const page = await visit(user, '/investigations');
      expect(await page.getByRole('button', { name: 'Open an investigation' }).count()).toBe(opens ? 1 : 0);
      await go(page, `/investigations/${cases[0]!}`);
      const asked = place(page) === '/access-reason';
      await withReason(page);
      const answer = await go(page, `/investigations/${cases[0]!}`);
      expect(answer!.status()).toBe(sees);
      expect(asked).toBe(sees === 200 && !('tasks' in role));
      const tasks = await offered(page);
      if ('tasks' in role) expect(tasks).toEqual(expect.arrayContaining([...role.tasks]));
      else expect(tasks).toEqual([]);
      if ('never' in role) expect(tasks.filter((task) => (role.never as readonly string[]).includes(task))).toEqual([]);
      if ('views' in role) expect(await page.getByRole('link', { name: 'Who viewed it' }).count()).toBe(role.views ? 1 : 0);
      expect(await page.locator(':is(main [disabled], main [aria-disabled=true]):not(.moj-datepicker *)').count()).toBe(0);
      await picture(page, `role-${user.replace(' ', '-')}-case-1280`);
    });

    it('finds behind every number of the dashboard a list of as many', async () => {
      const page = await visit(user, '/');
      const wrong: string[] = [];
      for (const area of (menu as readonly string[]).includes('Dashboard') ? ['all', 'Sheffield', 'Rotherham'] : []) {
        await go(page, `/?area=${area}`);
        const cards = await page.locator('.dbk-card').evaluateAll((all) => all.map((card) => [card.querySelector('.dbk-card__number')!.textContent!, card.querySelector('a')!.getAttribute('href')!] as const));
        expect(cards).toHaveLength(4);
        for (const [number, href] of cards) {
          await go(page, href);
          if (count(await heading(page)) !== count(number)) wrong.push(`${area}: ${number} leads to ${await heading(page)}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  });

  it.each([true, false])('says in two clicks why a case of another team is opened, once for all its pages (script on: %s)', async (javaScriptEnabled) => {
    const own = cases[javaScriptEnabled ? 1 : 2]!;
    const page = await visit(OF_ANOTHER, `/investigations/${own}/history?order=oldest`, { javaScriptEnabled });
    expect(await heading(page)).toBe(`Why are you opening ${own}?`);
    await picture(page, `reason-${javaScriptEnabled ? 'script' : 'plain'}-1280`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Choose why you are opening it');
    await page.getByLabel('Intelligence development').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(page.url()).toBe(`${program.url}/investigations/${own}/history?order=oldest`);
    await go(page, `/investigations/${own}`);
    expect(place(page)).toBe(`/investigations/${own}`);
    await go(page, `/investigations/${cases[3]!}`);
    expect(place(page)).toBe('/access-reason');

    const auditor = await visit(AUDITOR, `/investigations/${own}`);
    await withReason(auditor, 'Audit or dip sample');
    await auditor.getByRole('link', { name: 'Who viewed it' }).click();
    await purpose(auditor);
    const looks = (await auditor.locator('tbody tr', { hasText: OF_ANOTHER }).allInnerTexts()).filter((text) => text.includes('/:reference'));
    expect(looks).toHaveLength(2);
    for (const look of looks) expect(look).toContain('Intelligence development');
    await expect(auditor.locator('tbody tr', { hasText: AUDITOR }).allInnerTexts()).resolves.toContainEqual(expect.stringContaining('Audit or dip sample'));
    await picture(auditor, 'views-1280');

    await go(auditor, '/suspects');
    await auditor.locator('tbody a[href^="/people/"]').first().click();
    await withReason(auditor, 'Audit or dip sample');
    const person = await heading(auditor);
    await auditor.getByRole('link', { name: 'Who viewed it' }).click();
    expect(await heading(auditor)).toMatch(/^Who viewed PER-\d+$/);
    expect(await auditor.locator('body').innerText()).not.toContain(person);
  });

  it('reads a restricted case neither in its name nor in its content, and is told whom to ask', async () => {
    const page = await visit(OF_ANOTHER, `/investigations/${restricted}`);
    expect(await heading(page)).toBe(`Access to ${restricted} is restricted`);
    const text = await main(page);
    for (const words of ['Officer in the case', 'Team', 'Ask its officer or their supervisor']) expect(text).toContain(words);
    await picture(page, 'restricted-1280');
    for (const address of ['/history', '?asAt=2019-12-30', '/history?order=oldest']) {
      await go(page, `/investigations/${restricted}${address}`);
      expect(place(page)).toBe('/restricted');
    }
    const standards = await visit(STANDARDS, `/investigations/${restricted}`);
    await standards.getByLabel('In your own words').fill('Complaint 14');
    await withReason(standards, 'Audit or dip sample');
    const title = await heading(standards);
    expect(title).not.toContain('restricted');
    expect(text).not.toContain(title);
    const event = (await standards.locator('a[href*="asAtEvent="]').first().getAttribute('href'))!.replace(/.*asAtEvent=/, '');
    await go(page, `/events/${event}`);
    expect(await main(page)).not.toContain(event);
  });

  it('knows nothing of a case that is hidden: no page, no row, no number, no area', async () => {
    const page = await visit(OF_ANOTHER, `/investigations/${hidden[0]!}`);
    const [title, said] = [await page.title(), (await main(page)).replaceAll(hidden[0]!, 'INV')];
    const unknown = await go(page, '/investigations/INV-999999999');
    expect(unknown!.status()).toBe(404);
    expect([await page.title(), (await main(page)).replaceAll('INV-999999999', 'INV')]).toEqual([title, said]);

    const csv = async (user: string): Promise<string> => (await (await contextOf(browser, program, {}, user)).request.get(`${program.url}/investigations.csv?area=Sheffield&status=all`)).text();
    const figures = async (user: string): Promise<number> => {
      const answer = await (await contextOf(browser, program, {}, user)).request.get(`${program.url}/figures.json?area=Sheffield`);
      return ((await answer.json()) as { investigations: { active: number } }).investigations.active;
    };
    const [theirs, all] = [await csv(OF_ANOTHER), await csv(STANDARDS)];
    const held = (text: string): string[] => hidden.filter((reference) => new RegExp(`\\b${reference}\\b`).test(text));
    expect(hidden.length).toBeGreaterThan(2);
    expect([held(theirs), held(all)]).toEqual([[], [...hidden]]);
    expect(theirs.split('\r\n')).toHaveLength(all.split('\r\n').length - hidden.length);
    expect(await figures(OF_ANOTHER)).toBe(await figures(STANDARDS) - hidden.length);
  });

  it('tells auditors what one user did and saw, and looks of professional standards to professional standards alone', async () => {
    const seen = cases[4]!;
    const standards = await visit(STANDARDS, `/investigations/${seen}`);
    await withReason(standards, 'Audit or dip sample');
    const detective = await visit(OF_ANOTHER, `/investigations/${seen}`);
    await withReason(detective);

    const auditor = await visit(AUDITOR, '/audit');
    await purpose(auditor);
    await picture(auditor, 'audit-1280');
    await auditor.fill('#user', OF_ANOTHER);
    await auditor.getByRole('button', { name: 'Show', exact: true }).click();
    expect(await heading(auditor)).toBe(`What ${OF_ANOTHER} did and saw`);
    await expect(auditor.locator('tbody tr', { hasText: seen }).first().innerText()).resolves.toContain('Supervision or tasking');
    await picture(auditor, 'activity-1280');
    await auditor.getByRole('link', { name: /^Recorded/ }).click();
    await picture(auditor, 'activity-did-1280');

    const looked = async (page: Page): Promise<boolean> => {
      await go(page, `/investigations/${seen}/views`);
      await purpose(page);
      expect(await page.locator('tbody tr', { hasText: OF_ANOTHER }).count()).toBeGreaterThan(0);
      return (await page.locator('tbody tr', { hasText: STANDARDS }).count()) > 0;
    };
    expect([await looked(auditor), await looked(standards)]).toEqual([false, true]);
    await expect(standards.locator('tbody tr', { hasText: STANDARDS }).first().innerText()).resolves.toContain('Covert');
    await picture(standards, 'views-standards-1280');
    await go(auditor, '/audit');
    await auditor.fill('#user', STANDARDS);
    await auditor.getByRole('button', { name: 'Show', exact: true }).click();
    expect(await heading(auditor)).toBe(`What ${STANDARDS} did and saw`);
    expect(decodeURIComponent(auditor.url())).not.toContain(STANDARDS);
    expect(await auditor.locator('.dbk-list tbody tr').count()).toBe(0);
  });

  it.each([true, false])('finds a form whole again that was sent after the session had run out (script on: %s)', async (javaScriptEnabled) => {
    const page = await signIn(OTHER_SUPERVISOR, '/investigations/new', { javaScriptEnabled });
    await page.check('input[name=kind][value=CRIME]');
    await page.fill('#title', 'Operation Larchwood');
    await page.fill('#summary', 'First line\nSecond line');
    const before = await program.head();
    await program.runOut(OTHER_SUPERVISOR);
    await page.getByRole('button', { name: 'Check and record' }).click();
    expect(await heading(page)).toBe('You were signed out');
    await picture(page, 'timed-out-1280');
    await page.getByRole('link', { name: 'Sign in again' }).or(page.getByRole('button', { name: 'Sign in again' })).click();
    await signInOn(page, OTHER_SUPERVISOR);
    expect([await page.inputValue('#title'), await page.inputValue('#summary')]).toEqual(['Operation Larchwood', 'First line\nSecond line']);
    expect(await page.isChecked('input[name=kind][value=CRIME]')).toBe(true);
    expect(page.url()).not.toContain('Larchwood');
    await picture(page, 'form-after-time-out-1280');
    expect(await program.head()).toBe(before);
  });

  it('ends the session of every other browser at its next click', async () => {
    const [here, there] = [await signIn('SYP 7402', '/account'), await signIn('SYP 7402', '/')];
    await here.getByRole('button', { name: 'Sign out everywhere' }).click();
    await there.getByRole('link', { name: 'Investigations', exact: true }).click();
    expect(['Sign in to Daybook', 'You were signed out']).toContain(await heading(there));
  });

  it.each([1280, 400])('finds every page about access accessible and inside a screen %d wide, and the narrowest', async (width) => {
    const found: string[] = [];
    const inspect = async (page: Page, name: string): Promise<void> => {
      found.push(...(await violationsOn(page)).map((violation) => `${name}: ${violation}`));
      for (const each of width === 400 ? [400, 320] : [width]) {
        await page.setViewportSize({ width: each, height: 900 });
        if (Number(await page.evaluate('document.documentElement.scrollWidth')) > each) found.push(`${name}: wider than ${each}`);
      }
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `access-${name}-${width}`);
    };
    const as = (user: string, address: string) => visit(user, address, { viewport: { width, height: 900 }, bypassCSP: true });
    const [mine, theirs] = [cases[width === 400 ? 5 : 6]!, cases[width === 400 ? 7 : 8]!];

    const detective = await as(OF_ANOTHER, `/investigations/${mine}`);
    await inspect(detective, 'reason');
    await detective.getByRole('button', { name: 'Continue' }).click();
    await inspect(detective, 'reason-missing');
    await go(detective, `/access-reason?record=investigation&named=${mine}&inWords=yes&return=%2F`);
    await inspect(detective, 'reason-in-words');
    await go(detective, `/investigations/${restricted}`);
    await inspect(detective, 'restricted');
    await go(detective, `/investigations/${mine}/record/plan`);
    expect(await heading(detective)).toBe('You may not do this');
    await inspect(detective, 'not-allowed');
    await go(detective, '/account');
    await inspect(detective, 'account');

    const auditor = await as(AUDITOR, `/investigations/${theirs}`);
    await withReason(auditor);
    await inspect(auditor, 'case-of-auditor');
    await purpose(auditor);
    const views = `/investigations/${cases[0]!}/views`;
    for (const [name, address] of Object.entries({ audit: '/audit', views, 'views-all': `${views}?way=all` })) {
      await go(auditor, address);
      await purpose(auditor);
      await inspect(auditor, name);
    }
    await go(auditor, '/audit');
    await auditor.fill('#user', OF_ANOTHER);
    await auditor.getByRole('button', { name: 'Show', exact: true }).click();
    await inspect(auditor, 'activity');
    await auditor.getByRole('link', { name: /^Recorded/ }).click();
    await inspect(auditor, 'recorded');
    for (const [user, name] of [[PARTNER, 'dashboard-of-partner'], [ADMIN, 'landing-of-administrator'], [STANDARDS, 'dashboard-of-standards']] as const) await inspect(await as(user, '/'), name);
    expect(found).toEqual([]);
  });
});
