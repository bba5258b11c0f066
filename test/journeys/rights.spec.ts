import { source } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contextOf, describeJourneys, happened, picture, SERGEANT, startBrowser, startProgram, watch } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(180_000);

const [REQUESTER, AUTHORISER] = ['SYP 7401', 'SYP 7402'];
const codes = { sex: '1', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'IC1', nationality: 'GBR' };
const day = (from: string) => ({ effectiveAt: { precision: 'day', from } });

describeJourneys('the rights of a person in the record', () => {
  let program: Program;
  let browser: Browser;
  let token: string;
  const open: Watched[] = [];

  const visit = async (user: string, address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const watched = await watch(await contextOf(browser, program, { viewport: { width: 1280, height: 900 }, ...options }, user));
    open.push(watched);
    await watched.page.goto(program.url + address);
    if (new URL(watched.page.url()).pathname === '/access-reason') {
      await watched.page.check('input[name=code][value=DISCLOSURE_OR_COURT]');
      await watched.page.getByRole('button', { name: 'Continue' }).click();
    }
    return watched.page;
  };
  const main = (page: Page): Promise<string> => page.locator('main').innerText();
  const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

  /** Keeps pictures of a page as it is on a desk and on a phone, and sees that everybody can use it. */
  const looked = async (page: Page, name: string): Promise<void> => {
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(source);
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      });
      expect([name, width, found]).toEqual([name, width, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await picture(page, `${name}-${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  const send = async (path: string, body: object): Promise<string> => {
    const answer = await fetch(`${program.url}/api/v1/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Looks%20after%20it' }, body: JSON.stringify(body) });
    expect([path, answer.ok]).toEqual([path, true]);
    return ((await answer.json()) as { id: string }).id;
  };

  /** A person who was a suspect of a new investigation and is eliminated. */
  const suspect = async (familyName: string, basis: string): Promise<{ readonly reference: string; readonly investigation: string }> => {
    const investigation = await send('investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], ...day('2019-12-01') });
    const nominalId = await send('people', { ...codes, familyName, givenNames: 'Quentin' });
    const number = await program.head();
    const link = await send(`investigations/${investigation}/suspects`, { quality: 'NAMED', nominalId, basis: 'seen near the quarkling orchard', ...day('2019-12-02') });
    const cousin = await send('people', { ...codes, familyName: 'Cousinby' });
    await send(`investigations/${investigation}/suspects`, { quality: 'NAMED', nominalId: cousin, basis: 'a cousin', ...day('2019-12-02') });
    await send(`investigations/${investigation}/suspects/${link}/elimination`, { basis, ...day('2019-12-03') });
    return { reference: `PER-${number}`, investigation };
  };

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
    token = await program.token(SERGEANT);
  });

  afterEach(async () => {
    const complaints = open.flatMap((each) => each.complaints);
    const personal = open.flatMap(({ addresses }) => addresses.map(decodeURIComponent)).filter((address) => /zwetsch|quarkling/i.test(address));
    for (const { page } of open.splice(0)) await page.context().close();
    expect(complaints).toEqual([]);
    expect(personal).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  it('come from a list of reviews that are due, which only the disclosure unit has', async () => {
    const page = await visit(REQUESTER, '/help');
    await page.getByRole('link', { name: 'Reviews due' }).click();
    expect(await heading(page)).toMatch(/^[\d,]+ reviews? of retention due$/);
    await page.fill('#due', '31/12/2026');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await main(page)).toContain('Up to 31 December 2026');
    await looked(page, 'retention');
    await page.getByRole('link', { name: /^PER-/ }).first().click();
    await page.check('input[name=code][value=DISCLOSURE_OR_COURT]');
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await heading(page)).toBe('Rights and retention');
    await page.getByRole('link', { name: 'Review retention' }).click();
    await looked(page, 'rights-review');
    await page.check('input[name=group][value="3"]');
    await page.check('input[name=decision][value=RETAIN]');
    await page.fill('#criteria', 'Still named by others');
    await page.getByRole('button', { name: 'Record the review' }).click();
    expect(await main(page)).toMatch(/Retention reviewed[\s\S]+Still named by others/);
    const other = await visit(SERGEANT, '/help');
    expect(await other.getByRole('link', { name: 'Reviews due' }).count()).toBe(0);
    expect((await other.goto(`${program.url}/retention`))!.status()).toBe(403);
  });

  it('let processing be restricted: few read the person, and nobody names them in a record', async () => {
    const { reference } = await suspect('Zwetschgenbaum', 'elsewhere');
    const { investigation } = await suspect('Otherby', 'elsewhere');
    const page = await visit(REQUESTER, `/people/${reference}`);
    await page.getByRole('link', { name: 'Rights and retention' }).click();
    await page.getByRole('link', { name: 'Restrict processing' }).click();
    await page.getByRole('button', { name: 'Restrict processing' }).click();
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Choose why processing is restricted');
    await looked(page, 'rights-restrict-missing');
    await page.check('input[name=restriction][value=ACCURACY_DISPUTE_S47_3]');
    await page.fill('#note', 'The address was never theirs');
    await page.getByRole('button', { name: 'Restrict processing' }).click();
    expect(await main(page)).toMatch(/Processing\s+Restricted\s+The person disputes its accuracy/);
    await looked(page, 'rights-restricted');
    await page.goto(`${program.url}/people/${reference}`);
    expect(await main(page)).toContain('Processing of this person’s data is restricted');
    await looked(page, 'person-restricted');

    const sergeant = await visit(SERGEANT, `/people/${reference}`);
    expect(await heading(sergeant)).toBe('Processing of this person’s data is restricted');
    await looked(sergeant, 'person-restricted-refused');
    await sergeant.goto(`${program.url}/investigations/${investigation}/record/link-suspect`);
    await sergeant.check('input[name=person][value=existing]');
    await sergeant.fill('#personReference', reference);
    await happened(sergeant, '30', '12', '2019');
    const before = await program.head();
    await sergeant.getByRole('button', { name: 'Check and record' }).click();
    expect(await sergeant.locator('.govuk-error-summary').innerText()).toContain('Processing of this person’s data is restricted');
    expect(await main(sergeant)).not.toMatch(/zwetsch/i);
    expect(await program.head()).toBe(before);
  });

  it('let somebody be given what is held about them', async () => {
    const { reference } = await suspect('Zwetschgenbaum', 'quarkling and his cousin at the mill');
    const page = await visit(REQUESTER, `/people/${reference}/rights`);
    await page.getByRole('link', { name: 'Make a file of what is held' }).click();
    await looked(page, 'rights-extract');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the file' }).click()]);
    expect(download.suggestedFilename()).toBe(`OFFICIAL-SENSITIVE-what-is-held-about-${reference}.json`);
    const file = JSON.parse(await (await import('node:fs/promises')).readFile(await download.path(), 'utf8')) as { person: object; investigations: object[] };
    expect([file.person, file.investigations.length]).toEqual([expect.objectContaining({ familyName: 'Zwetschgenbaum' }), 1]);
  });

  it('let two people erase somebody, for good', async () => {
    const { reference, investigation } = await suspect('Zwetschgenbaum', 'quarkling and his cousin at the mill');
    const one = await visit(REQUESTER, `/people/${reference}/rights`);
    await one.getByRole('link', { name: 'Request erasure' }).click();
    await one.check('input[name=ground][value=INFRINGES_S47_1A]');
    await one.fill('#basis', 'Zwetschgenbaum wrote on 3 May');
    await looked(one, 'rights-request');
    await one.getByRole('button', { name: 'Request erasure' }).click();
    expect(await main(one)).toContain('Erasure requested');
    expect(await one.getByRole('link', { name: 'Authorise the erasure' }).count()).toBe(0);
    expect((await one.goto(`${program.url}/people/${reference}/rights/authorise-erasure`))!.status()).toBe(403);

    const two = await visit(AUTHORISER, `/people/${reference}/rights`);
    await looked(two, 'rights-requested');
    await two.getByRole('link', { name: 'Authorise the erasure' }).click();
    expect(await main(two)).toContain('quarkling and his cousin at the mill');
    await two.getByRole('button', { name: 'Erase this person for good' }).click();
    expect(await two.locator('.govuk-error-summary').innerText()).toContain('Confirm that you have read every text');
    await looked(two, 'rights-authorise-missing');
    const box = two.locator('.dbk-box', { hasText: 'quarkling and his cousin' }).locator('textarea');
    await box.fill('a cousin at the mill');
    await two.check('#read');
    await two.getByRole('button', { name: 'Erase this person for good' }).click();
    expect(await main(two)).toMatch(/This person has been erased[\s\S]+Data erased/);
    expect(await main(two)).not.toMatch(/zwetsch|quarkling/i);
    await looked(two, 'rights-erased');
    await two.goto(`${program.url}/people/${reference}`);
    expect(await heading(two)).toContain('(erased)');
    await looked(two, 'person-erased');

    const sergeant = await visit(SERGEANT, `/investigations/${investigation}/history`);
    expect(await main(sergeant)).toContain('a cousin at the mill');
    expect(await main(sergeant)).not.toMatch(/zwetsch|quarkling/i);
  });
});
