import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contextOf, describeJourneys, happened, picture, record, referenceOn, startBrowser, startProgram, TEAM, violationsOn, watch } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

describeJourneys('a person filling in forms', () => {
  let program: Program;
  let browser: Browser;
  const open: Watched[] = [];

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

  const visit = async (address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await watch(await contextOf(browser, program, { viewport: { width: 1280, height: 900 }, ...options }));
    open.push(watched);
    await watched.page.goto(program.url + address);
    return watched.page;
  };
  const go = (page: Page, address: string) => page.goto(program.url + address);
  const check = (page: Page) => page.getByRole('button', { name: 'Check and record' }).click();
  const errors = (page: Page) => page.locator('.govuk-error-summary').innerText();
  const numberOf = (text: string): string => /\d[\d,]*/.exec(text)![0].replaceAll(',', '');

  const openInvestigation = async (page: Page): Promise<string> => {
    await go(page, '/investigations/new');
    await page.check('input[name=kind][value=CRIME]');
    await page.check('input[name=themes][value=CSE]');
    await page.fill('#title', 'Operation Larchwood');
    await page.fill('#offence', 'Grooming');
    await happened(page, '30', '12', '2019');
    await record(page);
    return referenceOn(page);
  };

  const linkNewPerson = async (page: Page, reference: string): Promise<string> => {
    await go(page, `/investigations/${reference}/record/link-suspect`);
    await page.check('input[name=person][value=new]');
    await page.fill('#familyName', 'Planted-Name');
    await page.check('input[name=sex][value="1"]');
    await page.selectOption('#selfDefinedEthnicity', 'NOT_ASKED');
    await page.selectOption('#officerDefinedEthnicity', 'IC1');
    await page.selectOption('#nationality', 'GBR');
    await happened(page, '30', '12', '2019', '18:45');
    return numberOf(await record(page));
  };

  /** Opens the form of something that happened to the only suspect. */
  const suspectForm = async (page: Page, reference: string, slug: string): Promise<void> => {
    await go(page, `/investigations/${reference}`);
    await go(page, (await page.locator(`a[href*="record/${slug}?"]`).first().getAttribute('href'))!);
  };

  const arrested = async (page: Page, reference: string, time: string): Promise<string> => {
    await suspectForm(page, reference, 'arrest');
    await happened(page, '31', '12', '2019', time);
    return numberOf(await record(page));
  };

  it('never shows a name in the title of the window', async () => {
    const page = await visit('/');
    const titles = new Set<string>();
    page.on('load', () => void page.title().then((title) => titles.add(title)));
    const reference = await openInvestigation(page);
    await linkNewPerson(page, reference);
    await suspectForm(page, reference, 'arrest');
    expect(await page.title()).toMatch(new RegExp(`^${reference}, PER-\\d+: arrested`));
    await check(page);
    expect(await page.title()).toMatch(/^Error: INV-\d+, PER-\d+: arrested/);
    await happened(page, '31', '12', '2019', '09:30');
    await check(page);
    expect(await page.title()).toMatch(/^Check: INV-\d+, PER-\d+: arrested/);
    await expect(page.locator('main').innerText()).resolves.toContain('PLANTED-NAME');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.locator('.govuk-panel').waitFor();
    await page.goBack();
    expect([...titles].filter((title) => /planted/i.test(title))).toEqual([]);
    expect(titles.size).toBeGreaterThan(5);
  });

  it('is offered what can have happened, and told by the rules before the check page', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    await linkNewPerson(page, reference);
    await go(page, `/investigations/${reference}`);
    expect(await page.locator('a[href*="record/bail?"], a[href*="record/failed-to-answer?"], a[href*="record/cancel-circulation?"]').count()).toBe(0);
    await arrested(page, reference, '09:30');
    const next = await page.locator('main h2', { hasText: 'Likely next' }).locator('+ ul').innerText();
    expect(next).toBe('Same suspect: interviewed under caution\nSame suspect: bailed\nSame suspect: released under investigation');
    await page.getByRole('link', { name: 'Same suspect: bailed' }).click();
    await page.check('input[name=regime][value=STANDARD_POLICE]');
    await happened(page, '31', '12', '2019', '08:00');
    await check(page);
    expect(await errors(page)).toContain('Pre-charge bail follows an arrest');
  });

  it('is told which entry stands in the way of a correction, and sees what a correction changes', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    await linkNewPerson(page, reference);
    const arrest = await arrested(page, reference, '09:30');
    await suspectForm(page, reference, 'bail');
    await page.check('input[name=regime][value=STANDARD_POLICE]');
    await happened(page, '31', '12', '2019', '15:00');
    const bail = numberOf(await record(page));

    await go(page, `/corrections/new?event=${arrest}`);
    await page.check('input[name=action][value=void]');
    await page.fill('#reason', 'Another person');
    await check(page);
    const words = await errors(page);
    expect(words).toMatch(/Event [\d,]+, suspect bailed on 31 December 2019 at 3:00pm, could not be true without this one as it stands/);
    expect(words).toContain('pre-charge bail follows an arrest');
    expect(await page.locator('.govuk-error-summary a[target=_blank]').getAttribute('href')).toBe(`/investigations/${reference}/history#event-${bail}`);
    expect(await page.inputValue('#reason')).toBe('Another person');
    await picture(page, 'form-depended-on-1280');

    await page.check('input[name=action][value=correct]');
    await page.fill('#when-time', '10:15');
    await page.fill('#custodyNumber', 'CU 7');
    await check(page);
    const rows = await page.locator('.dbk-change tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split(/\s*\t\s*/))).toEqual([
      ['Custody number', '(empty)', 'CU 7'], ['When the suspect was arrested', '31 December 2019 at 9:30am', '31 December 2019 at 10:15am'],
    ]);
    await picture(page, 'form-check-correction-1280');
    await page.getByRole('button', { name: 'Record the correction' }).click();
    const correction = numberOf(await page.locator('.govuk-panel__body strong').innerText());

    const response = await go(page, `/corrections/new?event=${arrest}`);
    expect(response!.status()).toBe(409);
    expect(await page.locator('main form').count()).toBe(0);
    await picture(page, 'form-blocked-1280');
    await page.locator('main a').click();
    expect(new URL(page.url()).searchParams.get('event')).toBe(correction);
    expect(await page.inputValue('#custodyNumber')).toBe('CU 7');
  });

  it('is told on which day the investigation was not closed', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    await go(page, `/investigations/${reference}/record/reopen`);
    await page.check('input[name=grounds][value=NEW_EVIDENCE]');
    await happened(page, '31', '12', '2019');
    await check(page);
    expect(await errors(page)).toContain('The investigation was not closed on 31 December 2019');
  });

  it('is offered nothing but its reopening, and decisions about who may see it, on a closed investigation', async () => {
    const page = await visit(`/investigations?status=finalised&team=${TEAM}`);
    await page.locator('tbody a[href^="/investigations/INV-"]').first().click();
    await expect(page.locator('.dbk-case .govuk-button').allInnerTexts()).resolves.toEqual(['Reopen the investigation']);
    const offered = await page.locator('main a[href*="/record/"]:not([href*="link="])').evaluateAll((links) => links.map((link) => link.getAttribute('href')!.split('/record/')[1]));
    expect([...new Set(offered)].sort()).toEqual(['link-operation', 'reopen', 'sensitivity']);
  });

  it('keeps the number of a suspect who is not named when another date is put in', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    const nobody = async (time: string, description: string): Promise<void> => {
      await go(page, `/investigations/${reference}/record/link-suspect`);
      await page.check('input[name=person][value=none]');
      await page.check('input[name=quality][value=DESCRIBED]');
      await page.fill('#description', description);
      await happened(page, '31', '12', '2019', time);
      await record(page);
    };
    await nobody('12:00', 'Tall');
    await nobody('09:00', 'Short');
    await go(page, `/investigations/${reference}`);
    const cards = await page.locator('.govuk-summary-card', { hasText: 'not named' }).allInnerTexts();
    expect(cards.map((text) => [/Suspect \d/.exec(text)![0], /Tall|Short/.exec(text)![0]]).sort()).toEqual([['Suspect 1', 'Tall'], ['Suspect 2', 'Short']]);
  });

  it.each([1280, 400])('finds every page of a form accessible and inside a screen %d wide', async (width) => {
    // Axe is a script of ours that the policy would rightly refuse.
    const page = await visit('/', { viewport: { width, height: 900 }, bypassCSP: true });
    const found: string[] = [];
    const inspect = async (name: string): Promise<void> => {
      found.push(...(await violationsOn(page)).map((violation) => `${name}: ${violation}`));
      if (Number(await page.evaluate('document.documentElement.scrollWidth')) > width) found.push(`${name}: wider than ${width}`);
      await picture(page, `form-${name}-${width}`);
    };
    const reference = await openInvestigation(page);
    await inspect('recorded');
    await page.goBack();
    await inspect('already');
    await go(page, `/investigations/${reference}/record/plan`);
    await check(page);
    await inspect('errors');
    await page.fill('#plan', 'Trace the car');
    await page.fill('#reviewEveryDays', '28');
    await happened(page, '30', '12', '2019');
    await check(page);
    await inspect('check');
    const other = await page.context().newPage();
    await other.goto(`${program.url}/investigations/${reference}/record/link-suspect`);
    await other.check('input[name=person][value=none]');
    await other.check('input[name=quality][value=UNKNOWN]');
    await happened(other, '30', '12', '2019');
    await record(other);
    await other.close();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await inspect('conflict');
    await page.getByRole('button', { name: 'Record anyway' }).click();
    const plan = numberOf(await page.locator('.govuk-panel__body strong').innerText());
    await go(page, `/investigations/${reference}/record/plan`);
    await page.fill('#plan', 'Trace the car');
    await page.fill('#reviewEveryDays', '28');
    await happened(page, '30', '12', '2019');
    await check(page);
    await inspect('nothing');
    await go(page, `/corrections/new?event=${plan}`);
    await page.fill('#plan', 'Trace the van');
    await page.fill('#reason', 'It was a van');
    await check(page);
    await inspect('check-correction');
    await page.getByRole('button', { name: 'Record the correction' }).click();
    await inspect('recorded-correction');
    await go(page, `/corrections/new?event=${plan}`);
    await inspect('blocked');
    expect(found).toEqual([]);
  });
});
