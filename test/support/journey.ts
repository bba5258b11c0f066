import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { source as axeSource } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startSeveralProgram } from '../several/several-program';
import { postgresMissing } from './postgres';
import type { Program } from './program';
import { redisMissing } from './redis-server';

export type { Program };

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

const root = path.join(__dirname, '../..');

/** The browser that is there; undefined when there is none. */
const browserFile = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => file && fs.existsSync(file));

/** Whether the program runs as five processes over one ledger, and not as one. */
const overSeveral = process.env.DAYBOOK_JOURNEYS === 'several';

/** Why journeys cannot run here. `alone`: they set the clock of the one process that they run over. */
const hindrance = (alone: boolean): string | undefined => {
  if (!browserFile) return 'no Chromium: set CHROMIUM_PATH, or install it as /usr/bin/chromium';
  if (!overSeveral) return undefined;
  return alone ? 'they set the clock, which several processes share' : redisMissing ?? postgresMissing();
};

/** Journeys run in a real browser, and are reported as skipped, with the reason, where that cannot be. */
export const describeJourneys = (name: string, journeys: () => void, { alone = false } = {}): void => {
  const missing = hindrance(alone);
  // Five processes are made over a ledger of their own.
  if (overSeveral) jest.setTimeout(600_000);
  if (missing === undefined) describe(name, journeys);
  else describe.skip(`${name} (${missing})`, journeys);
};

const answerOf = <T>(child: ChildProcess): Promise<T> => new Promise((resolve, reject) => {
  child.once('message', (message) => resolve(message as T));
  child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)));
});

/** The invented user whom journeys are made as when nothing else is said: a sergeant who stands over many cases of the sample. */
export const SERGEANT = 'DS 2256';

/** The sergeant's team, as an address takes it: its cases ask nobody on it for a reason. */
export const TEAM = 'Rotherham+CID';

export const startProgram = async (): Promise<Program> => {
  if (overSeveral) return startSeveralProgram();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-journeys-'));
  const child = fork(path.join(root, 'test/support/journey-server.mjs'), [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const { url } = await answerOf<{ url: string }>(child);
  const ask = <T>(message: string | object): Promise<T> => {
    const answer = answerOf<T>(child);
    child.send(message);
    return answer;
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.send('stop');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return {
    url, stop,
    head: async () => (await ask<{ head: number }>('head')).head,
    token: async (user = SERGEANT) => (await ask<{ token: string }>({ tokenFor: user })).token,
    reassessed: async (sensitivity) => (await ask<{ references: readonly string[] }>({ reassessed: sensitivity })).references,
    pass: async (hours) => void (await ask({ pass: hours })),
    proveOld: async (user) => void (await ask({ proveOld: user })),
    runOut: async (user) => void (await ask({ runOut: user })),
  };
};

export const startBrowser = (): Promise<Browser> => chromium.launch({
  executablePath: browserFile!,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** Signs in through the pages, on a page that is anywhere: it ends where the sign-in was to lead. */
export const signInOn = async (page: Page, user: string): Promise<void> => {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: `, ${user}` }).click();
};

const states = new WeakMap<Program, Map<string, Promise<StorageState>>>();

const signedInState = async (browser: Browser, program: Program, user: string): Promise<StorageState> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${program.url}/sign-in?return=/help`);
  await signInOn(page, user);
  const state = await context.storageState();
  await context.close();
  return state;
};

/** A browser's context in which a user is signed in; each user signs in once, through the pages. */
export const contextOf = async (browser: Browser, program: Program, options: BrowserContextOptions = {}, user = SERGEANT): Promise<BrowserContext> => {
  const known = states.get(program) ?? new Map<string, Promise<StorageState>>();
  states.set(program, known);
  const state = known.get(user) ?? signedInState(browser, program, user);
  known.set(user, state);
  return browser.newContext({ ...options, storageState: await state });
};

/** A page together with what its browser complained of: violations of the content security policy and failing scripts. */
export interface Watched {
  readonly page: Page;
  readonly complaints: string[];
  readonly addresses: string[];
}

export const watch = async (context: BrowserContext): Promise<Watched> => {
  const page = await context.newPage();
  const complaints: string[] = [];
  const addresses: string[] = [];
  page.on('console', (message) => {
    // A refused form is meant to be answered with a status of 4xx.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => addresses.push(request.url()));
  return { page, complaints, addresses };
};

/** Says why a record is opened that is not the reader's own, where that is asked: two clicks. */
export const withReason = async (page: Page, reason = 'Supervision or tasking'): Promise<void> => {
  if (new URL(page.url()).pathname !== '/access-reason') return;
  await page.getByLabel(reason).click();
  await page.getByRole('button', { name: 'Continue' }).click();
};

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page. It is a script of ours that the policy would rightly refuse: the page's context has to have `bypassCSP`. */
export const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    return (await axe.run({ runOnly })).violations;
  }, axeTags);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};

/** Keeps a picture for whoever looks at the run. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = path.join(root, 'test-results/pages');
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

/** Fills in day, month, year and time of when something happened. */
export const happened = async (page: Page, day: string, month: string, year: string, time = ''): Promise<void> => {
  const boxes = { day, month, year, time };
  for (const [part, text] of Object.entries(boxes)) await page.fill(`#when-${part}`, text);
};

/** From a filled-in form over its check page to the recorded page. Returns the event's number as printed. */
export const record = async (page: Page, button = 'Record'): Promise<string> => {
  await page.getByRole('button', { name: 'Check and record' }).click();
  await page.getByRole('button', { name: button, exact: true }).click();
  return (await page.locator('.govuk-panel__body strong').textContent()) ?? '';
};

/** `INV-` reference printed on a recorded page. */
export const referenceOn = async (page: Page): Promise<string> => /INV-\d+/.exec((await page.locator('.govuk-panel__body').textContent()) ?? '')![0];
