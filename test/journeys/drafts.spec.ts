import type { Browser } from 'playwright-core';
import { contextOf, describeJourneys, startBrowser, startProgram, watch } from '#test/journey';
import type { Program } from '#test/journey';

jest.setTimeout(120_000);

describeJourneys('a long form', () => {
  let program: Program;
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  it('keeps what was typed without being sent, each half minute in which something was', async () => {
    const { page, complaints, addresses } = await watch(await contextOf(browser, program));
    const kept = (): readonly string[] => addresses.filter((url) => new URL(url).pathname === '/drafts');
    await page.clock.install();
    await page.goto(`${program.url}/investigations/new`);
    await page.clock.fastForward(31_000);
    expect(kept()).toEqual([]);
    await page.locator('#title, input[name="title"]').first().fill('Operation Quillwort');
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/drafts');
    await page.clock.fastForward(31_000);
    expect((await answer).status()).toBe(204);
    await page.clock.fastForward(31_000);
    expect(kept()).toHaveLength(1);
    await page.reload();
    expect(await page.locator('#title, input[name="title"]').first().inputValue()).toBe('Operation Quillwort');
    expect(await page.getByText('There is a problem').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
