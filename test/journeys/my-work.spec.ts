import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { contextOf, describeJourneys, happened, picture, record, startBrowser, startProgram, violationsOn, watch, withReason } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

// The sergeant of many cases of the sample, whose clock stands at 5pm on 31 December 2019 and goes on.
describeJourneys('a supervisor to whom the program escalates', () => {
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
  const references = (page: Page): Promise<string[]> => page.locator('tbody th a').allTextContents();
  const inMenu = async (page: Page): Promise<number> => Number(/\((\d+)\)/.exec((await page.getByRole('link', { name: /^My work/ }).textContent()) ?? '')?.[1] ?? 0);
  /** Shows the list again until it holds: what was recorded a moment ago is shown a moment later. */
  const until = async (page: Page, holds: (found: readonly string[]) => boolean): Promise<readonly string[]> => {
    for (;;) {
      await page.goto(`${program.url}/my-work`);
      const found = await references(page);
      if (holds(found)) return found;
      await page.waitForTimeout(50);
    }
  };

  it('finds what waits, the oldest first, with the reason in words, and as many as the menu says on every page', async () => {
    const page = await visit('/');
    const waiting = await inMenu(page);
    await page.getByRole('link', { name: /^My work/ }).click();
    const found = await references(page);
    expect([found.length, await inMenu(page)]).toEqual([waiting, waiting]);
    expect(await page.locator('main').innerText()).toContain(`${waiting} matters escalated to you wait.`);
    const overdue = (await page.locator('tbody .govuk-tag--red').allTextContents()).map((text) => Number(/^(\d+) days? overdue$/.exec(text)![1]));
    expect(overdue).toEqual([...overdue].sort((a, b) => b - a));
    expect(await page.locator('tbody tr').first().innerText()).toMatch(/Supervisor review overdue|Suspect outstanding for over 12 weeks/);
    await picture(page, 'my-work');
  });

  it('sees what falls overdue as the clock passes midnight, answers it, and it is gone', async () => {
    const page = await visit('/my-work');
    const before = await references(page);
    await program.pass(20);
    const after = await until(page, (found) => found.length > before.length);
    const [fresh] = after.filter((reference) => !before.includes(reference));
    expect(await inMenu(page)).toBe(after.length);
    await page.getByRole('row', { name: new RegExp(`${fresh}\\b`) }).getByRole('link', { name: /^Answer/ }).click();
    await withReason(page, 'Supervision or tasking');
    expect(await page.locator('h1').innerText()).toBe('Answer: overdue review escalated');
    await page.fill('#answer', 'The officer was on leave over Christmas; a review is set for 3 January.');
    await picture(page, 'my-work-answer');
    await happened(page, '1', '1', '2020');
    await record(page);
    const left = await until(page, (found) => !found.includes(fresh!));
    expect([left.length, await inMenu(page)]).toEqual([after.length - 1, after.length - 1]);
    await page.goto(`${program.url}/investigations/${fresh}/history`);
    const history = await page.locator('main').innerText();
    expect(history).toMatch(/Overdue review escalated[\s\S]*the program reactions/);
    expect(history).toContain('The officer was on leave over Christmas');
    await picture(page, 'my-work-history');
    // There is nothing more to answer there.
    const again = await page.request.get(`${program.url}/investigations/${fresh}/record/answer-escalation`);
    expect([again.status(), (await again.text()).includes('There is nothing to answer')]).toEqual([409, true]);
  });

  it('records the review that was waited for, and it is gone too', async () => {
    const page = await visit('/my-work');
    const before = await references(page);
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Record a review/ }) }).first();
    const reference = (await row.locator('th a').textContent())!;
    await row.getByRole('link', { name: /^Record a review/ }).click();
    await withReason(page, 'Supervision or tasking');
    await page.check('input[name=review][value=PERIODIC_SUPERVISOR]');
    await page.fill('#findings', 'All lines of enquiry are being followed.');
    await happened(page, '1', '1', '2020', '09:00');
    await record(page);
    expect((await until(page, (found) => !found.includes(reference))).length).toBe(before.length - 1);
  });

  it('has a page without faults for assistive technology, and one that fits a telephone', async () => {
    const page = await visit('/my-work', { bypassCSP: true });
    expect(await violationsOn(page)).toEqual([]);
    const narrow = await visit('/my-work', { viewport: { width: 320, height: 700 } });
    expect(await narrow.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await picture(narrow, 'my-work-narrow');
  });
}, { alone: true });
