import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contextOf, describeJourneys, happened, picture, record, referenceOn, startBrowser, startProgram, watch, withReason } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

describeJourneys('a person in the record, and what a case says of them', () => {
  let program: Program;
  let browser: Browser;
  let investigation: string;
  const open: Watched[] = [];
  const titles: string[] = [];

  const visit = async (address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await watch(await contextOf(browser, program, { viewport: { width: 1280, height: 900 }, ...options }));
    open.push(watched);
    watched.page.on('load', (page) => void page.title().then((title) => titles.push(title), () => undefined));
    await watched.page.goto(program.url + address);
    return watched.page;
  };

  const main = (page: Page): Promise<string> => page.locator('main').innerText();

  const openInvestigation = async (page: Page): Promise<string> => {
    await page.goto(`${program.url}/investigations/new`);
    await page.check('input[name=kind][value=PROACTIVE]');
    await page.check('input[name=themes][value=CSE]');
    await page.selectOption('#area', 'Rotherham');
    await happened(page, '30', '12', '2019');
    await record(page);
    return referenceOn(page);
  };

  const fillSuspect = async (page: Page, familyName: string, givenNames: string): Promise<void> => {
    await page.goto(`${program.url}/investigations/${investigation}/record/link-suspect`);
    await page.check('input[name=person][value=new]');
    await page.fill('#familyName', familyName);
    await page.fill('#givenNames', givenNames);
    await page.check('input[name=sex][value="1"]');
    await page.selectOption('#selfDefinedEthnicity', 'NOT_ASKED');
    await page.selectOption('#officerDefinedEthnicity', 'IC1');
    await page.selectOption('#nationality', 'NOT_KNOWN');
    await happened(page, '30', '12', '2019');
  };

  /** Clears the person's record of earlier tests: a new suspect of this name, and their reference. */
  const linked = async (page: Page, familyName: string): Promise<string> => {
    await fillSuspect(page, familyName, 'Alex');
    await record(page);
    await page.goto(`${program.url}/investigations/${investigation}`);
    const card = page.locator('a[href^="/people/"]', { hasText: familyName.toUpperCase() });
    return (await card.getAttribute('href'))!.replace('/people/', '');
  };

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
    investigation = await openInvestigation(await visit('/'));
  });

  afterEach(async () => {
    const complaints = open.flatMap((each) => each.complaints);
    const personal = [...open.flatMap(({ addresses }) => addresses.map(decodeURIComponent)), ...titles].filter((text) => /planted/i.test(text));
    for (const { page } of open.splice(0)) await page.context().close();
    expect(complaints).toEqual([]);
    expect(personal).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  it.each([true, false])('is reached from the card of a suspect, and put right with the earlier details struck through (script on: %s)', async (javaScriptEnabled) => {
    const page = await visit('/', { javaScriptEnabled });
    const reference = await linked(page, `Planted-${String(javaScriptEnabled)}`);
    await page.getByRole('link', { name: `${reference} PLANTED-${String(javaScriptEnabled).toUpperCase()}` }).click();
    expect(await page.locator('h1').innerText()).toBe(`PLANTED-${String(javaScriptEnabled).toUpperCase()}, Alex`);
    await expect(main(page)).resolves.toMatch(new RegExp(`${investigation}[\\s\\S]+Active[\\s\\S]+Outstanding 1 day`));

    await page.getByRole('button', { name: 'Correct the details' }).click();
    await page.fill('#familyName', 'Planted-Right');
    await page.fill('#birth-day', '31');
    await page.fill('#birth-month', '3');
    await page.fill('#birth-year', '2031');
    await page.fill('#reason', 'Read from the passport');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Date of birth must be today or in the past');
    await page.fill('#birth-year', '1988');
    await page.fill('#reason', '');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Enter why the record is changed');
    await page.fill('#reason', 'Read from the passport');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(main(page)).resolves.toMatch(/Date of birth\s+\(empty\)\s+31 March 1988/);
    await page.goBack();
    expect(await page.inputValue('#familyName')).toBe('Planted-Right');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await page.getByRole('button', { name: 'Record the correction' }).click();
    await expect(main(page)).resolves.toMatch(/Details corrected as event/);
    await expect(main(page)).resolves.toMatch(/Date of birth\s+31 March 1988, aged 31/);
    expect(await page.locator('h1').innerText()).toBe('PLANTED-RIGHT, Alex');
    await expect(page.locator('del').allInnerTexts()).resolves.toEqual([`Planted-${String(javaScriptEnabled)}`, '(empty)', 'Person registered']);
    expect(await page.locator('.dbk-gone').count()).toBe(1);
    await picture(page, `person-corrected-${String(javaScriptEnabled)}`);
    await page.getByRole('link', { name: /^Full record/ }).first().click();
    await page.getByRole('link', { name: `Back to ${reference}` }).click();
    expect(new URL(page.url()).pathname).toBe(`/people/${reference}`);

    await page.getByRole('link', { name: /^Previous event/ }).click();
    expect(await page.locator('h1').innerText()).toContain(`PLANTED-${String(javaScriptEnabled).toUpperCase()}, Alex`);
    await expect(main(page)).resolves.toContain('You cannot make changes');
    expect(await page.getByRole('button', { name: 'Correct the details' }).count()).toBe(0);
  });

  it('gets another name, which can be taken away again', async () => {
    const page = await visit('/');
    const reference = await linked(page, 'Planted-Alias');
    await page.goto(`${program.url}/people/${reference}/alias`);
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Enter the other name');
    await page.fill('#givenNames', 'Planted-Shorty');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(main(page)).resolves.toMatch(/Also known as\s+Planted-Shorty/);
    await page.getByRole('link', { name: /^Take away/ }).click();
    await page.fill('#reason', 'Another person’s');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await page.getByRole('button', { name: 'Take it away' }).click();
    await expect(main(page)).resolves.toContain('No other name recorded');
    await expect(page.locator('.dbk-gone').innerText()).resolves.toContain('Another name added');
  });

  it('is not corrected by saying the same again, nor by somebody who has not seen what was recorded meanwhile', async () => {
    const page = await visit('/');
    const reference = await linked(page, 'Planted-Same');
    const before = await program.head();
    await page.goto(`${program.url}/people/${reference}/correct`);
    await page.fill('#reason', 'No reason');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Nothing is different from what the record says');
    expect(await program.head()).toBe(before);
    await page.fill('#givenNames', 'Sandy');
    await page.getByRole('button', { name: 'Check and record' }).click();
    const other = await visit(`/people/${reference}/alias`);
    await other.fill('#givenNames', 'Shorty');
    await other.getByRole('button', { name: 'Check and record' }).click();
    await other.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('button', { name: 'Record the correction' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Someone recorded on this person while you were typing');
    expect(await page.inputValue('#givenNames')).toBe('Sandy');
    expect(await program.head()).toBe(before + 1);
  });

  const about = async (page: Page, link: string, slug: string, day: string, fill: Record<string, string> = {}): Promise<void> => {
    await page.goto(`${program.url}/investigations/${investigation}/record/${slug}?link=${link}`);
    for (const [box, text] of Object.entries(fill)) await (box.startsWith('[') ? page.check(box) : page.fill(box, text));
    await happened(page, day, '12', '2019');
    await record(page);
  };

  it('stands on the card of a suspect with custody, bail and charges, and with why nobody is sought', async () => {
    const page = await visit('/');
    const reference = await linked(page, 'Planted-Bailed');
    const card = page.locator('.govuk-summary-card', { has: page.locator(`a[href="/people/${reference}"]`) });
    const link = new URL((await card.locator('a[href*="record/arrest"]').getAttribute('href'))!, program.url).searchParams.get('link')!;
    await about(page, link, 'arrest', '30', { '#custodyNumber': 'RO/1234/19' });
    await about(page, link, 'bail', '31', { '[value=STANDARD_POLICE]': '', '#returnOn-day': '6', '#returnOn-month': '2', '#returnOn-year': '2020', '#conditions': 'To live at home' });
    await page.goto(`${program.url}/investigations/${investigation}`);
    const bailed = await card.innerText();
    for (const text of ['Not outstanding because\tSuspect bailed, 31 December 2019', 'Custody number\tRO/1234/19', 'Return on\t6 February 2020', 'Bail conditions\tTo live at home'])
      expect(bailed).toContain(text);
    await picture(page, 'overview-bailed');
    await page.setViewportSize({ width: 400, height: 900 });
    await picture(page, 'overview-bailed-400');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${program.url}/investigations/${investigation}/history?group=custody`);
    await page.getByRole('link', { name: 'Previous event: suspect arrested' }).click();
    expect(new URL(page.url()).search).toContain('group=custody');
    await about(page, link, 'charge', '31', { '#charges': 'Rape\nGrooming', '[name=method]': '' });
    await page.goto(`${program.url}/investigations/${investigation}`);
    await expect(card.innerText()).resolves.toMatch(/Offences charged\s+Rape \(Charge\)\s+Grooming \(Charge\)/);
    await expect(card.innerText()).resolves.not.toContain('Bail conditions');
  });

  it('is asked about when a second one of that name is to be registered on the case', async () => {
    const page = await visit('/');
    const reference = await linked(page, 'Planted-Twice');
    await fillSuspect(page, 'planted twice', 'ALEX');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(main(page)).resolves.toContain(`a person of the same name already: ${reference}`);
  });

  it('reads on the overview of a finalised case when, by whom and why it was closed', async () => {
    const page = await visit('/investigations?status=finalised');
    await page.locator('tbody a[href^="/investigations/"]').first().click();
    await withReason(page);
    await expect(main(page)).resolves.toMatch(/Finalised\s+\d+ \w+ \d{4}/);
    await picture(page, 'overview-finalised');
  });

  it('is found by reference alone, and a name typed by mistake stands in no address', async () => {
    const page = await visit('/people');
    await page.fill('#reference', 'Planted');
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('people cannot be found by name yet');
    await page.fill('#reference', 'per 999999999');
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('There is no person with that reference');
    const list = await visit('/suspects');
    const reference = (await list.locator('tbody a[href^="/people/"]').first().textContent())!;
    await page.fill('#reference', reference.toLowerCase());
    await page.getByRole('button', { name: 'Find' }).click();
    await withReason(page);
    expect(new URL(page.url()).pathname).toBe(`/people/${reference}`);
    await list.locator('tbody a[href^="/people/"]').first().click();
    await withReason(list);
    expect(await list.title()).toBe(`${reference} – Daybook`);
  });
});
