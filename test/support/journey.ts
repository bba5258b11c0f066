import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const root = path.join(__dirname, '../..');

/** The browser that is there; undefined when there is none. */
const browserFile = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => file && fs.existsSync(file));

/** Journeys run in a real browser, and are reported as skipped where there is none. */
export const describeJourneys = (name: string, journeys: () => void): void => {
  if (browserFile) describe(name, journeys);
  else describe.skip(`${name} (no Chromium: set CHROMIUM_PATH, or install it as /usr/bin/chromium)`, journeys);
};

/** The compiled program over a sample folder, in a process of its own. */
export interface Program {
  readonly url: string;
  /** Number of the last event in the ledger. */
  head(): Promise<number>;
  stop(): Promise<void>;
}

const answerOf = <T>(child: ChildProcess): Promise<T> => new Promise((resolve, reject) => {
  child.once('message', (message) => resolve(message as T));
  child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)));
});

export const startProgram = async (): Promise<Program> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-journeys-'));
  const child = fork(path.join(root, 'test/support/journey-server.mjs'), [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const { url } = await answerOf<{ url: string }>(child);
  const ask = async (): Promise<number> => {
    const answer = answerOf<{ head: number }>(child);
    child.send('head');
    return (await answer).head;
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.send('stop');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url, head: ask, stop };
};

export const startBrowser = (): Promise<Browser> => chromium.launch({
  executablePath: browserFile!,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

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
