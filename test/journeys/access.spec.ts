import { source } from 'axe-core';
import type { Browser } from 'playwright-core';
import { contextOf, describeJourneys, picture, SERGEANT, startBrowser, startProgram, watch } from '#test/journey';
import type { Program, Watched } from '#test/journey';

jest.setTimeout(120_000);

const WHY = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Looks%20after%20it' };

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const HELPER = 'DC 2274';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** A restricted case of the sergeant, to which somebody took access in an emergency. */
describeJourneys('access to a restricted case', () => {
  let program: Program;
  let browser: Browser;
  let path: string;
  let reference: string;

  const record = async (user: string, address: string, body: object, of = 'investigations'): Promise<string> => {
    const authorization = `Bearer ${await program.token(user)}`;
    const answer = await fetch(`${program.url}/api/v1/${of}${address}`, { method: 'POST', headers: { authorization, 'content-type': 'application/json', ...WHY }, body: JSON.stringify(body) });
    const said = (await answer.json()) as { readonly id: string };
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return said.id;
  };

  /** Another case is of the operation, with somebody on its list, before this one comes to belong to it. */
  const withOperation = async (id: string): Promise<void> => {
    const first = await record(SERGEANT, '', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] });
    await record(SERGEANT, `/${first}/operations`, { operation: 'Heather' });
    await record(SERGEANT, '/Heather/access-grants', { user: 'DC 2235', basis: 'Works on the operation.' }, 'operations');
    await record(SERGEANT, '/Heather/access-grants', { agency: 'Rotherham Metropolitan Borough Council', agreement: 'ISA-2019-04', basis: 'Safeguards the children of the operation.' }, 'operations');
    await record(SERGEANT, `/${id}/operations`, { operation: 'Heather' });
  };

  beforeAll(async () => {
    browser = await startBrowser();
    program = await startProgram();
    const id = await record(SERGEANT, '', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] });
    await record(SERGEANT, `/${id}/allocation`, { officer: 'DC 2235', team: 'Rotherham CID', supervisor: SERGEANT });
    await record(SERGEANT, `/${id}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' });
    await withOperation(id);
    await record(SERGEANT, `/${id}/access-grants`, { agency: 'Rotherham Metropolitan Borough Council', agreement: 'ISA-2019-04', basis: 'Safeguards the children.' });
    const headers = { authorization: `Bearer ${await program.token(SERGEANT)}`, ...WHY };
    reference = ((await (await fetch(`${program.url}/api/v1/investigations/${id}`, { headers })).json()) as { readonly reference: string }).reference;
    path = `/investigations/${reference}`;
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  // Axe is a script of ours that the policy would rightly refuse.
  const opened = async (user: string, width = 1280): Promise<Watched> => watch(await contextOf(browser, program, { viewport: { width, height: 900 }, bypassCSP: true }, user));

  const violations = async ({ page }: Watched): Promise<string[]> => {
    await page.evaluate(source);
    const found = await page.evaluate(async (runOnly) => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
      return (await axe.run({ runOnly })).violations;
    }, tags);
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  };

  const sound = async (watched: Watched, heading: string | RegExp, name: string): Promise<void> => {
    await watched.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(await violations(watched)).toEqual([]);
    expect(await watched.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(watched.page.viewportSize()!.width);
    await picture(watched.page, `access-${name}-${watched.page.viewportSize()!.width}`);
  };

  const saysWhy = async ({ page }: Watched): Promise<void> => {
    await page.getByLabel('Supervision or tasking').check();
    await page.getByLabel('In your own words').fill('Looks after the case.');
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  it('is taken in an emergency from the page that turns one away, and opens the case with nothing asked twice', async () => {
    const detective = await opened(HELPER, 400);
    await detective.page.goto(program.url + path);
    await sound(detective, `Access to ${reference} is restricted`, 'restricted');
    await detective.page.getByRole('button', { name: 'Take access in an emergency' }).click();
    await sound(detective, `Open ${reference} in an emergency`, 'break-glass');
    await detective.page.getByRole('button', { name: 'Open the record now' }).click();
    await sound(detective, `Open ${reference} in an emergency`, 'break-glass-wrong');
    await detective.page.getByLabel('Why must you read it at once?').fill('A child may be at the address.');
    await detective.page.getByRole('button', { name: 'Open the record now' }).click();
    await sound(detective, `Investigation ${reference}`, 'case');
    expect(detective.complaints).toEqual([]);
  });

  it('is seen at once by the supervisor, who answers for it and looks at the list', async () => {
    for (const width of [1280, 400]) {
      const owner = await opened(SERGEANT, width);
      await owner.page.goto(program.url);
      if (width === 1280) {
        await owner.page.locator(`a[href$="/review?named=${reference}"]`).click();
        await saysWhy(owner);
        await sound(owner, `Review emergency access to ${reference}`, 'review');
        await owner.page.getByLabel('Yes, it was justified').check();
        await owner.page.getByRole('button', { name: 'Record the review' }).click();
      } else await owner.page.goto(`${program.url}${path}/access`);
      await sound(owner, `Investigation ${reference}: access`, 'list');
      await owner.page.getByLabel('Day').fill('31/12/2019');
      await owner.page.getByRole('button', { name: 'Show', exact: true }).click();
      await owner.page.getByRole('heading', { name: /31 December 2019: \d/ }).waitFor();
      await sound(owner, `Investigation ${reference}: access`, 'day');
      await owner.page.goto(`${program.url}${path}/access/grant`);
      await sound(owner, `Give access to ${reference}`, 'grant');
      await owner.page.goto(`${program.url}${path}/access`);
      await owner.page.getByRole('link', { name: 'Withdraw' }).first().click();
      await sound(owner, `Withdraw access to ${reference}`, 'withdraw');
      expect(owner.complaints).toEqual([]);
    }
  });

  it('is given to those on the list of its operation from its own page of access, with nobody let in by the link alone', async () => {
    for (const width of [1280, 400]) {
      const owner = await opened(SERGEANT, width);
      await owner.page.goto(`${program.url}${path}/access`);
      await sound(owner, `Investigation ${reference}: access`, 'with-operation');
      await owner.page.getByRole('link', { name: 'Access list of operation Heather' }).click();
      await owner.page.getByRole('heading', { level: 2, name: 'Access list of operation Heather' }).waitFor();
      await sound(owner, `Investigation ${reference}: access`, 'operation');
      if (width === 1280) {
        expect(await owner.page.getByText('1 other investigation, not this one').count()).toBe(2);
        await owner.page.getByRole('button', { name: 'Let those on the list read more' }).click();
        await sound(owner, 'Let those on the list of operation Heather read more', 'operation-extend');
        await owner.page.getByRole('button', { name: 'Give access' }).click();
        await sound(owner, 'Let those on the list of operation Heather read more', 'operation-extend-wrong');
        await owner.page.getByLabel('DC 2235, put on the list by DS 2256').check();
        await owner.page.getByLabel('Why do they need to know?').fill('Traces these phones too.');
        await owner.page.getByRole('button', { name: 'Give access' }).click();
        await owner.page.getByText('This investigation and 1 other').waitFor();
        await owner.page.getByRole('button', { name: 'Give access' }).click();
        await sound(owner, 'Give access to operation Heather', 'operation-grant');
        await owner.page.getByLabel('Collar number of the user').fill('DC 2274');
        await owner.page.getByLabel('Why do they need to know?').fill('Looks after the witnesses.');
        await owner.page.getByRole('button', { name: 'Give access' }).click();
        await owner.page.getByRole('link', { name: 'Withdraw access of DC 2274' }).click();
        await sound(owner, 'Withdraw access to operation Heather', 'operation-withdraw');
        await owner.page.getByRole('button', { name: 'Withdraw access' }).click();
        await owner.page.getByText('Ended by DS 2256').waitFor();
        await sound(owner, `Investigation ${reference}: access`, 'operation-ended');
      }
      expect(owner.complaints).toEqual([]);
    }
  });

  describe('a form that asks for more before it is taken', () => {
    const words = { user: 'RMBC 311', basis: 'Safeguards the children.\nAgreed on 3 March.' };
    const box = { user: 'Collar number of the user', basis: 'Why do they need to know?' };

    const filledIn = async (address: string): Promise<Watched> => {
      const owner = await opened(SERGEANT);
      await owner.page.goto(program.url + address);
      if (await owner.page.getByLabel('Supervision or tasking').count() > 0) await saysWhy(owner);
      await owner.page.getByLabel(box.user).fill(words.user);
      await owner.page.getByLabel(box.basis).fill(words.basis);
      return owner;
    };
    const send = ({ page }: Watched) => page.getByRole('button', { name: 'Give access' }).click();
    const expectWhole = async (owner: Watched, heading: string, name: string, before: number): Promise<void> => {
      await sound(owner, heading, name);
      expect({ user: await owner.page.getByLabel(box.user).inputValue(), basis: await owner.page.getByLabel(box.basis).inputValue() }).toEqual(words);
      expect([decodeURIComponent(owner.page.url()).includes('RMBC'), await program.head()]).toEqual([false, before]);
      await send(owner);
      await owner.page.getByRole('heading', { level: 1, name: /: access$/ }).waitFor();
      expect(await owner.page.locator('main').innerText()).toContain('RMBC 311');
      expect([await program.head() > before, owner.complaints]).toEqual([true, []]);
    };

    it('comes back whole after a reason for access, where the record became restricted meanwhile', async () => {
      const id = await record(SERGEANT, '', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] });
      const headers = { authorization: `Bearer ${await program.token(SERGEANT)}`, ...WHY };
      const { reference: other } = (await (await fetch(`${program.url}/api/v1/investigations/${id}`, { headers })).json()) as { readonly reference: string };
      const owner = await filledIn(`/investigations/${other}/access/grant`);
      await record(SERGEANT, `/${id}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' });
      const before = await program.head();
      await send(owner);
      await saysWhy(owner);
      await expectWhole(owner, `Give access to ${other}`, 'grant-after-reason', before);
    });

    // Last: the session that all pages of this user share is an old one from then on.
    it('comes back whole after a fresh proof of identity, and is taken then', async () => {
      const owner = await filledIn(`${path}/access/grant`);
      const before = await program.head();
      await program.proveOld(SERGEANT);
      await send(owner);
      await owner.page.getByRole('button', { name: `, ${SERGEANT}` }).click();
      await expectWhole(owner, `Give access to ${reference}`, 'grant-after-proof', before);
    });
  });
});
