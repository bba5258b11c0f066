import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeJourneys, picture, signInOn, startBrowser, startProgram, violationsOn, watch } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

describeJourneys('somebody who signs in', () => {
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

  const visit = async (address: string, context: Promise<BrowserContext> = browser.newContext()): Promise<Page> => {
    const watched = await watch(await context);
    open.push(watched);
    await watched.page.goto(program.url + address);
    return watched.page;
  };
  const bar = (page: Page): Promise<string> => page.locator('.dbk-user').innerText();
  const place = (page: Page): string => page.url().slice(program.url.length);
  const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

  it('is told what is watched, chooses who to be, and is that one role after another', async () => {
    const page = await visit('/sign-in?return=/help/counting-rules');
    const welcome = await page.locator('body').innerText();
    for (const words of ['OFFICIAL-SENSITIVE', 'What you look at is recorded']) expect(welcome).toContain(words);
    expect(await page.locator('.govuk-service-navigation').count()).toBe(0);
    await picture(page, 'sign-in-1280');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await heading(page)).toBe('Choose a user');
    await picture(page, 'choose-user-1280');
    await page.getByRole('button', { name: ', SYP 7101' }).click();
    expect(place(page)).toBe('/help/counting-rules');
    for (const words of ['SYP 7101', 'Analyst', 'Signed in until']) expect(await bar(page)).toContain(words);
    await page.goto(`${program.url}/sign-in?return=/help`);
    await signInOn(page, 'DC 2235');
    for (const words of ['DC 2235', 'Detective', 'Rotherham CID']) expect(await bar(page)).toContain(words);
    await picture(page, 'signed-in-1280');
  });

  it('needs no script for it, and signs out', async () => {
    const page = await visit('/sign-in?return=/help', browser.newContext({ javaScriptEnabled: false, viewport: { width: 400, height: 900 } }));
    await signInOn(page, 'DS 2256');
    expect(place(page)).toBe('/help');
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    expect([place(page), await heading(page)]).toEqual(['/signed-out', 'You are signed out']);
    await page.goto(`${program.url}/help`);
    expect(await page.locator('body').innerText()).not.toContain('DS 2256');
    await page.goto(`${program.url}/sign-in`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await heading(page)).toBe('Choose a user'); // not signed in again by itself
  });

  it('signs out everywhere, and every browser knows at its next page', async () => {
    const [here, there] = [await visit('/sign-in?return=/account'), await visit('/sign-in?return=/account')];
    await signInOn(here, 'SYP 7510');
    await signInOn(there, 'SYP 7510');
    expect(await there.locator('main tbody tr').count()).toBe(2);
    await there.getByRole('button', { name: 'Sign out everywhere' }).click();
    expect(await heading(there)).toBe('You are signed out');
    await here.goto(`${program.url}/account`);
    expect(await heading(here)).toBe('You were signed out');
  });

  it('comes back to the same place after a time-out', async () => {
    const page = await visit('/timed-out?return=%2Finvestigations%3Farea%3DRotherham');
    expect(await heading(page)).toBe('You were signed out');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signInOn(page, 'DS 2256');
    expect(place(page)).toBe('/investigations?area=Rotherham');
  });

  /** What the server would say when so many minutes are left. */
  const sayLeft = (page: Page, minutes: number): Promise<unknown> => page.route('**/session', (route) => {
    const now = Date.now();
    const idleEndsAt = new Date(now + minutes * 60_000).toISOString();
    return route.fulfill({ json: { idleEndsAt, endsAt: new Date(now + 600 * 60_000).toISOString() }, headers: { date: new Date(now).toUTCString() } });
  });

  it('is warned before the session ends, may stay, and is led back when it has ended', async () => {
    const page = await visit('/sign-in?return=/help');
    await page.clock.install();
    await signInOn(page, 'DS 2256');
    const dialog = page.getByRole('dialog');
    await page.clock.fastForward('24:00');
    expect(await dialog.count()).toBe(0);
    await sayLeft(page, 4);
    await page.clock.fastForward('02:00');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/You are signed out at \d{1,2}:\d\d[ap]m/);
    expect(await violationsOn(page)).toEqual([]);
    await picture(page, 'session-ends-1280');
    await dialog.getByRole('button', { name: 'Stay signed in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.unroute('**/session');
    await page.route('**/session', (route) => route.fulfill({ status: 401, body: '' }));
    await page.clock.fastForward('26:00');
    await page.waitForURL('**/timed-out?return=%2Fhelp');
    expect(await heading(page)).toBe('You were signed out');
  });
});
