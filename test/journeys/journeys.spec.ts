import fs from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contextOf, describeJourneys, happened, picture, record, referenceOn, SERGEANT, startBrowser, startProgram, TEAM, watch } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

const blns = path.join(__dirname, '../../../shared/data/nasty/blns/blns.json');

describeJourneys('a person at work', () => {
  let program: Program;
  let browser: Browser;
  const open: Watched[] = [];

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
  });

  afterEach(async () => {
    const complaints = open.flatMap((each) => each.complaints);
    const personal = open.flatMap(({ addresses }) => addresses).filter((address) => /planted|larchwood|grooming/i.test(decodeURIComponent(address)));
    for (const { page } of open.splice(0)) await page.context().close();
    expect(complaints).toEqual([]);
    expect(personal).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  const visit = async (address: string, options: BrowserContextOptions = {}, user?: string): Promise<Page> => {
    const watched = await watch(await contextOf(browser, program, { viewport: { width: 1280, height: 900 }, ...options }, user));
    open.push(watched);
    await watched.page.goto(program.url + address);
    return watched.page;
  };

  const fillOpening = async (page: Page, title = 'Operation Larchwood'): Promise<void> => {
    await page.check('input[name=kind][value=CRIME]');
    await page.check('input[name=themes][value=CSE]');
    await page.fill('#title', title);
    await page.fill('#offence', 'Grooming');
    await happened(page, '30', '12', '2019');
  };

  const openInvestigation = async (page: Page): Promise<string> => {
    await page.goto(`${program.url}/investigations/new`);
    await fillOpening(page);
    await record(page);
    return referenceOn(page);
  };

  const fillNewPerson = async (page: Page, reference: string): Promise<void> => {
    await page.goto(`${program.url}/investigations/${reference}/record/link-suspect`);
    await page.check('input[name=person][value=new]');
    await page.fill('#familyName', 'Planted-Name');
    await page.fill('#givenNames', 'Alex');
    await page.check('input[name=sex][value="1"]');
    await page.selectOption('#selfDefinedEthnicity', 'NOT_ASKED');
    await page.selectOption('#officerDefinedEthnicity', 'IC1');
    await page.selectOption('#nationality', { label: 'United Kingdom' });
  };

  const linkNewPerson = async (page: Page, reference: string): Promise<void> => {
    await fillNewPerson(page, reference);
    await happened(page, '30', '12', '2019', '6.45pm');
    await record(page);
  };

  const count = (text: string | null): number => Number(/[\d,]+/.exec(text ?? '')![0].replaceAll(',', ''));

  it('reads the four headline figures without a click', async () => {
    const page = await visit('/');
    expect(await page.locator('.dbk-card__number').allTextContents()).toEqual(['1,800', '4', '207', '1']);
    expect(await page.locator('body').innerText()).toContain('Rotherham');
  });

  it.each([0, 1, 2, 3])('opens the list behind headline figure %d with one click, and finds the same count', async (card) => {
    const page = await visit('/');
    const figure = count(await page.locator('.dbk-card__number').nth(card).textContent());
    await page.locator('.dbk-card__label').nth(card).click();
    expect(count(await page.locator('h1').textContent())).toBe(figure);
  });

  it.each([0, 1, 2, 3])('finds behind band %d the investigations that it counts, and the bands add up', async (band) => {
    const page = await visit('/');
    const bands = await page.locator('.dbk-bands tbody a').allTextContents();
    expect(bands.map(count).reduce((sum, each) => sum + each, 0)).toBe(count(await page.locator('.dbk-total td').first().textContent()));
    await page.locator('.dbk-bands tbody a').nth(band).click();
    expect(count(await page.locator('h1').textContent())).toBe(count(bands[band]!));
  });

  it('pages through a list to its end and back without losing or repeating a row', async () => {
    const page = await visit('/investigations?suspect=outstanding&size=100');
    const total = count(await page.locator('h1').textContent());
    const rows: string[] = [];
    for (;;) {
      rows.push(...(await page.locator('tbody th a').allTextContents()));
      const next = page.locator('.govuk-pagination__next a');
      if ((await next.count()) === 0) break;
      await next.click();
    }
    expect(new Set(rows).size).toBe(total);
    expect(rows).toHaveLength(total);
    await page.locator('.govuk-pagination__prev a').click();
    expect((await page.locator('tbody th a').allTextContents())[0]).toBe(rows[100 * (Math.ceil(total / 100) - 2)]);
  });

  it('looks at the past, and sees where the two clocks differ', async () => {
    const page = await visit('/');
    await page.fill('#asat-date', '30/6/2019');
    await page.fill('#asat-time', '1700');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    expect(page.url()).toContain('asAt=2019-06-30T17%3A00');
    await expect(page.locator('.dbk-strip').innerText()).resolves.toContain('30 June 2019 at 5:00pm');
    await expect(page.locator('.dbk-differs').innerText()).resolves.toMatch(/as recorded then; [\d,]+ with later entries/);
    await page.getByRole('link', { name: 'Return to now' }).click();
    expect(await page.locator('.dbk-strip').count()).toBe(0);
  });

  it.each([true, false])('opens an investigation, links a suspect, records the arrest and corrects it (script on: %s)', async (javaScriptEnabled) => {
    const page = await visit('/investigations', { javaScriptEnabled });
    await page.getByRole('button', { name: 'Open an investigation' }).click();
    await fillOpening(page);
    await record(page);
    const reference = await referenceOn(page);
    await linkNewPerson(page, reference);
    await page.getByRole('link', { name: 'Same suspect: arrested' }).click();
    await happened(page, '31', '12', '2019', '09:30');
    const arrest = (await record(page)).replace(/\D/g, '');

    await page.goto(`${program.url}/investigations/${reference}`);
    await expect(page.locator('main').innerText()).resolves.toMatch(/PLANTED-NAME, Alex[\s\S]+Not outstanding/);

    await page.goto(`${program.url}/corrections/new?event=${arrest}`);
    await page.fill('#when-time', '1015');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Enter why the record is changed');
    await page.fill('#reason', 'Read from the custody record');
    await record(page, 'Record the correction');
    await page.getByRole('link', { name: 'See its history' }).click();
    const history = await page.locator('main').innerText();
    expect(history).toContain('Correction: suspect arrested');
    expect(history).toContain('31 December 2019 at 10:15am');
    expect(history).toContain('Read from the custody record');
    expect(await page.locator(`#event-${arrest} del`).first().innerText()).toBe('Suspect arrested');
    await picture(page, `journey-history-${javaScriptEnabled ? 'script' : 'plain'}`);

    await page.getByRole('link', { name: 'Previous event' }).click();
    await expect(page.locator('main').innerText()).resolves.not.toContain('Correction: suspect arrested');
    expect(await page.locator(`#event-${arrest} del`).count()).toBe(0);
    await page.getByRole('link', { name: 'Previous event' }).click();
    await expect(page.locator('main').innerText()).resolves.not.toContain('Suspect arrested');
    await expect(page.locator('main').innerText()).resolves.toContain('You cannot make changes');
    expect(await page.locator('a[href^="/corrections"], a[href*="/record/"]').count()).toBe(0);
  });

  it('is told of every fault first, linked to its box, and keeps what was typed', async () => {
    const page = await visit('/investigations/new');
    await page.fill('#title', 'Operation Larchwood');
    await happened(page, '31', '2', '2019', 'teatime');
    await page.getByRole('button', { name: 'Check and record' }).click();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('.govuk-error-summary a').allTextContents()).toEqual(['Select the kind of investigation', 'When it was opened must be a real date']);
    expect(await page.inputValue('#title')).toBe('Operation Larchwood');
    expect(await page.inputValue('#when-time')).toBe('teatime');
    await page.getByRole('link', { name: 'Select the kind of investigation' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('kind');
    await picture(page, 'journey-errors');
  });

  it('is refused by a rule with a sentence, and keeps what was typed', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    await page.goto(`${program.url}/investigations/${reference}/record/finalise`);
    await page.fill('#approvedBy', SERGEANT);
    await happened(page, '31', '12', '2019');
    const before = await program.head();
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Every crime needs an outcome');
    expect(await page.inputValue('#approvedBy')).toBe(SERGEANT);
    expect(await program.head()).toBe(before);
  });

  it('registers nobody when the rules refuse the link, and records the person as put right', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    const before = await program.head();
    await fillNewPerson(page, reference);
    await happened(page, '30', '12', '2018');
    const send = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Check and record' }).click();
      const again = page.getByRole('button', { name: 'Yes, continue' });
      if (await again.count() > 0) await again.click();
      const last = page.getByRole('button', { name: 'Record', exact: true });
      if (await last.count() > 0) await last.click();
    };
    await send();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('The date is before the investigation was opened');
    expect(await program.head()).toBe(before);
    await page.fill('#givenNames', 'Alexandra');
    await happened(page, '31', '12', '2019');
    await send();
    await expect(page.locator('.govuk-panel').innerText()).resolves.toContain('Suspect linked');
    expect(await program.head()).toBe(before + 2);
    await page.goto(`${program.url}/investigations/${reference}`);
    await expect(page.locator('main').innerText()).resolves.toContain('PLANTED-NAME, Alexandra');
  });

  it.each([true, false])('goes back and forth between the pages of a form without losing a word (script on: %s)', async (javaScriptEnabled) => {
    const page = await visit('/investigations/new', { javaScriptEnabled });
    await fillOpening(page, 'Operation Larchwood');
    await page.fill('#summary', 'First line\nSecond line');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('h1').innerText()).resolves.toBe('Check before you record');
    expect((await page.reload())!.request().method()).toBe('GET');
    await expect(page.locator('main').innerText()).resolves.toContain('Operation Larchwood');
    await page.goBack();
    expect(await page.inputValue('#title')).toBe('Operation Larchwood');
    expect(await page.inputValue('#summary')).toBe('First line\nSecond line');
    expect(await page.locator('.govuk-error-summary').count()).toBe(0);
    await page.fill('#title', 'Operation Larchwood Two');
    await page.fill('#offence', '');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Enter the offence');
    await page.reload();
    expect(await page.inputValue('#title')).toBe('Operation Larchwood Two');
    await page.fill('#offence', 'Grooming');
    await record(page);
    const number = await page.locator('.govuk-panel__body strong').textContent();
    const head = await program.head();
    await page.reload();
    expect(await page.locator('.govuk-panel__body strong').textContent()).toBe(number);
    await page.goBack();
    await expect(page.locator('h1').innerText()).resolves.toBe('This form was recorded already');
    await expect(page.locator('main').innerText()).resolves.not.toContain('Larchwood');
    expect(await program.head()).toBe(head);
    await page.goForward();
    expect(await page.locator('.govuk-panel__body strong').textContent()).toBe(number);
  });

  it('shows the pages of a form to the person who filled it in alone', async () => {
    const page = await visit('/investigations/new');
    await fillOpening(page, 'Operation Larchwood');
    await page.getByRole('button', { name: 'Check and record' }).click();
    const other = await visit(page.url().slice(program.url.length), {}, 'DC 2274');
    expect(await other.inputValue('#title')).toBe('');
    await expect(other.locator('main').innerText()).resolves.not.toContain('Larchwood');
  });

  it('is told what was recorded, in the words of what was done', async () => {
    const page = await visit('/investigations/new');
    await fillOpening(page);
    const opening = /\d[\d,]*/.exec(await record(page))![0].replaceAll(',', '');
    await expect(page.locator('.govuk-panel').innerText()).resolves.toMatch(/Recorded\s+Investigation opened, Crime recorded\s+Events [\d,]+ and [\d,]+\s+INV-/);
    await page.goto(`${program.url}/corrections/new?event=${opening}`);
    await page.fill('#team', 'Evolve');
    await page.fill('#reason', 'The team was left out');
    const correction = (await record(page, 'Record the correction')).replace(/\D/g, '');
    await expect(page.locator('.govuk-panel').innerText()).resolves.toMatch(/Correction recorded\s+Investigation opened, in the place of event\s[\d,]+\s+Event/);
    await page.goto(`${program.url}/corrections/new?event=${Number(opening) + 1}`);
    await page.check('input[name=action][value=void]');
    await page.fill('#reason', 'It was another case');
    await record(page, 'Take it away');
    await expect(page.locator('.govuk-panel').innerText()).resolves.toMatch(/Entry taken away\s+Crime recorded, event\s[\d,]+, no longer counts/);
    expect(await program.head()).toBe(Number(correction) + 1);
  });

  it('is told that nothing was recorded when the record says the same already', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    const plan = async (): Promise<void> => {
      await page.goto(`${program.url}/investigations/${reference}/record/plan`);
      await page.fill('#plan', 'Trace the car\nThen the phone');
      await page.fill('#reviewEveryDays', '28');
      await happened(page, '31', '12', '2019');
    };
    await plan();
    const event = (await record(page)).replace(/\D/g, '');
    const before = await program.head();
    await plan();
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('h1').innerText()).resolves.toBe('Nothing was recorded');
    expect(await page.locator('main a', { hasText: 'event' }).first().getAttribute('href')).toBe(`/events/${event}`);
    expect(await page.locator('.govuk-panel').count()).toBe(0);
    await page.getByRole('link', { name: 'Change your answers' }).click();
    expect(await page.inputValue('#plan')).toBe('Trace the car\nThen the phone');
    await page.goto(`${program.url}/corrections/new?event=${event}`);
    await page.fill('#reason', 'No reason at all');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('.govuk-error-summary').innerText()).resolves.toContain('Nothing is changed');
    expect(await program.head()).toBe(before);
  });

  it('is told that a number is an event, not that it was just recorded', async () => {
    const page = await visit(`/investigations?team=${TEAM}`);
    const opening = (await page.locator('tbody a[href^="/investigations/"]').first().textContent())!.replace('INV-', '');
    await page.goto(`${program.url}/recorded/${opening}`);
    expect(new URL(page.url()).pathname).toBe(`/events/${opening}`);
    expect(await page.locator('.govuk-panel').count()).toBe(0);
  });

  it('records once, however often the form is sent', async () => {
    const page = await visit('/investigations/new');
    await fillOpening(page);
    await page.getByRole('button', { name: 'Check and record' }).click();
    const before = await program.head();
    const form = await page.evaluate<[string, string][]>("[...new FormData(document.querySelector('main form'))]");
    const body = new URLSearchParams([...form, ['step', 'record']]).toString();
    const send = () => page.request.post(`${program.url}/investigations/new`, { data: body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, maxRedirects: 0 });
    const answers = await Promise.all([send(), send(), send()]);
    const again = await send();
    expect(new Set([...answers, again].map((answer) => `${answer.status()} ${answer.headers().location}`)).size).toBe(1);
    expect(await program.head()).toBe(before + 2);
  });

  it('cannot be sent by a form of another site, or in another session', async () => {
    const page = await visit('/investigations/new');
    const token = await page.inputValue('main input[name=token]', { strict: true });
    const before = await program.head();
    const body = new URLSearchParams({ token, step: 'record', kind: 'PROACTIVE', area: 'Rotherham', 'when-unknown': 'yes' }).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', authorization: `Bearer ${await program.token()}` };
    const stranger = await fetch(`${program.url}/investigations/new`, { method: 'POST', body, headers });
    expect(stranger.status).toBe(403);
    expect(await stranger.text()).toContain('Nothing was recorded');
    const other = await page.request.post(`${program.url}/investigations/new`, { data: body, headers: { 'Content-Type': headers['Content-Type'], 'Sec-Fetch-Site': 'cross-site' } });
    expect(other.status()).toBe(403);
    expect(await program.head()).toBe(before);
  });

  it('is shown what somebody else recorded meanwhile, and may still record', async () => {
    const first = await visit('/');
    const reference = await openInvestigation(first);
    const allocate = `/investigations/${reference}/record/allocate`;
    await first.goto(program.url + allocate);
    const second = await visit(`/investigations/${reference}/record/plan`);
    await second.fill('#plan', 'Trace the car');
    await second.fill('#reviewEveryDays', '28');
    await happened(second, '31', '12', '2019');
    await record(second);
    await first.fill('#officer', 'DC 4417');
    await first.fill('#team', 'Evolve');
    await happened(first, '31', '12', '2019');
    await first.getByRole('button', { name: 'Check and record' }).click();
    await first.getByRole('button', { name: 'Record', exact: true }).click();
    const conflict = await first.locator('main').innerText();
    expect(conflict).toContain('Someone recorded while you were typing');
    expect(conflict).toContain('Investigation plan set');
    expect(conflict).toContain('DC 4417');
    const asAt = first.getByRole('link', { name: 'View investigation as at this event' });
    expect(await asAt.getAttribute('href')).toMatch(new RegExp(`^/investigations/${reference}\\?asAtEvent=\\d+$`));
    expect(await asAt.getAttribute('target')).toBe('_blank');
    await picture(first, 'journey-conflict');
    await first.getByRole('button', { name: 'Record anyway' }).click();
    await expect(first.locator('.govuk-panel').innerText()).resolves.toContain('Investigation allocated');
  });

  it('is asked about a date that may be a mistake, and may go on', async () => {
    const page = await visit('/investigations/new');
    await fillOpening(page);
    await happened(page, '30', '12', '2009');
    await page.getByRole('button', { name: 'Check and record' }).click();
    await expect(page.locator('main').innerText()).resolves.toContain('That is more than a year ago');
    await picture(page, 'journey-doubt');
    await page.getByRole('button', { name: 'Yes, continue' }).click();
    await expect(page.locator('h1').innerText()).resolves.toBe('Check before you record');
  });

  it('cannot record on the past', async () => {
    const page = await visit('/');
    const reference = await openInvestigation(page);
    const response = await page.goto(`${program.url}/investigations/${reference}/record/crime?asAt=2019-12-31`);
    expect(response!.status()).toBe(400);
  });

  it('sees hostile text as text, wherever it comes from', async () => {
    const nasty = ['"><img src=x onerror=alert(1)>', '</script><script>alert(1)</script>', '{{ 7*7 }}{% raw %}', "'; DROP TABLE events; --", '=cmd|\' /C calc\'!A0'];
    const known = fs.existsSync(blns) ? (JSON.parse(fs.readFileSync(blns, 'utf8')) as string[]) : [];
    const texts = [...nasty, ...known].filter((text) => /[<>{"'=]/.test(text) && !text.includes('\0'));
    const page = await visit('/investigations/new');
    await page.fill('#summary', texts.join('\n'));
    await fillOpening(page, nasty[0]);
    await record(page);
    const reference = await referenceOn(page);
    for (const address of [`/investigations/${reference}`, `/investigations/${reference}/history`, `/investigations/${reference}/record/allocate`]) {
      await page.goto(program.url + address);
      expect(await page.locator('main img, main script').count()).toBe(0);
      await expect(page.locator('main').innerText()).resolves.toContain(nasty[0]!);
    }
    for (const text of nasty) await page.goto(`${program.url}/investigations?${new URLSearchParams({ area: text, team: text, cursor: text, sort: text, date: text, asAt: text, asAtEvent: text }).toString()}`);
    expect(await page.locator('main img, main script').count()).toBe(0);
  });

  it('downloads the figures and the list with their marking and event number in the name', async () => {
    const page = await visit('/');
    const [csv, json, list] = await Promise.all(['/figures.csv', '/figures.json', '/investigations.csv?suspect=outstanding'].map((address) => page.request.get(program.url + address)));
    for (const answer of [csv!, json!, list!]) expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="OFFICIAL-SENSITIVE-.*-event-\d+\.(csv|json)"$/);
    expect(await csv!.text()).toMatch(/^\uFEFFFigure,Unit,Count/);
    expect(((await json!.json()) as { investigations: object }).investigations).toMatchObject({ suspectOutstandingOverThreshold: 1 });
    await page.goto(`${program.url}/investigations?suspect=outstanding`);
    expect((await list!.text()).trimEnd().split('\r\n')).toHaveLength(count(await page.locator('h1').textContent()) + 1);
  });
});
