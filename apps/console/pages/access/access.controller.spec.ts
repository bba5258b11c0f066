import { Bench } from '../../../api/api.fixtures';
import { Visitor } from '../../../daybook/sign-in/visitor.fixtures';

/** The pages about access, as people with a session see them. DS 2256 opened the record and is its supervisor; DC 2274 has nothing to do with it. */
describe('the pages about access to an investigation', () => {
  let supervisor: Bench;
  let url: string;
  beforeAll(async () => {
    supervisor = await Bench.open();
    await supervisor.app.listen(0, '127.0.0.1');
    url = (await supervisor.app.getUrl()).replace('[::1]', '127.0.0.1');
    supervisor.daybook.signIn.listening(url);
    supervisor = await supervisor.as('DS 2256'); // tokens are for where it listens
  }, 60_000);
  afterAll(() => supervisor.close());

  const restricted = async (): Promise<string> => {
    const id = await supervisor.opened();
    await supervisor.post(`/api/v1/investigations/${id}/allocation`, { officer: 'DC 2235', team: 'Rotherham CID', supervisor: 'DS 2256', effectiveAt: { precision: 'day', from: '2019-03-02' } });
    const { body } = await supervisor.post(`/api/v1/investigations/${id}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' });
    await supervisor.daybook.reads.waitFor((body as { position: string }).position, 10_000);
    return supervisor.daybook.queries.one(id as never)!.reference;
  };
  const visitor = async (user: string): Promise<Visitor> => {
    const browser = new Visitor(url);
    await browser.signIn(user);
    return browser;
  };
  const page = async (browser: Visitor, path: string): Promise<string> => (await browser.get(path)).text;
  const formToken = (html: string): string => /name="token" value="([^"]+)">\s*(?!<button)/.exec(html.slice(html.indexOf('id="form"')))![1]!;
  const send = async (browser: Visitor, path: string, fields: Record<string, string>): Promise<Awaited<ReturnType<Visitor['post']>>> =>
    browser.post(path, { token: formToken(await page(browser, path)), ...fields });
  /** Says why, and goes on. */
  const withReason = async (browser: Visitor, path: string): Promise<string> => {
    const first = await browser.get(path);
    if (first.status === 200) return first.text;
    const { searchParams } = new URL(first.location);
    const html = await page(browser, first.location);
    const token = /name="token" value="([^"]+)">\s*<input type="hidden" name="record"/.exec(html)![1]!;
    await browser.post('/access-reason', { token, record: searchParams.get('record')!, named: searchParams.get('named')!, inWords: searchParams.get('inWords') ?? '', return: path, code: 'OTHER', words: 'Asked to look.' });
    return page(browser, path);
  };

  it('lead somebody in an emergency to the record, and ask for the reason once', async () => {
    const [reference, detective] = [await restricted(), await visitor('DC 2274')];
    expect((await detective.get(`/investigations/${reference}`)).location).toBe(`${url}/restricted?named=${reference}`);
    expect(await page(detective, `/restricted?named=${reference}`)).toContain(`href="/break-glass?named=${reference}"`);
    const path = `/break-glass?named=${reference}`;
    expect((await send(detective, path, { basis: '' })).text).toContain('Say in your own words why you must read it at once');
    const taken = await send(detective, path, { basis: 'A child may be at the address.' });
    expect(taken).toMatchObject({ status: 303, location: `${url}/investigations/${reference}` });
    const record = await detective.get(taken.location);
    expect(record.status).toBe(200);
    expect(record.text).toContain('RESTRICTED: for those named on the record');
    expect(record.text).toContain('<strong class="govuk-tag govuk-tag--blue">Restricted</strong>');
    expect(record.text).not.toContain(`/investigations/${reference}/access`);
  });

  it('tell who answers for it, who finds whether there was need', async () => {
    const [reference, detective, owner] = [await restricted(), await visitor('DC 2274'), await visitor('DS 2256')];
    await send(detective, `/break-glass?named=${reference}`, { basis: 'A child may be at the address.' });
    const dashboard = await page(owner, '/');
    expect(dashboard).toContain(`DC 2274 took access to ${reference} in an emergency`);
    const href = new RegExp(`/break-glass/[0-9a-f-]+/review\\?named=${reference}`).exec(dashboard)![0];
    expect(await page(detective, '/')).not.toContain('in an emergency');
    expect(await withReason(owner, href)).toContain('A child may be at the address.');
    expect((await send(owner, href, { finding: '' })).text).toContain('Choose whether there was need of it');
    expect(await send(owner, href, { finding: 'NOT_JUSTIFIED', note: 'There was time to ask.' })).toMatchObject({ status: 303, location: `${url}/investigations/${reference}/access` });
    expect(await page(owner, '/')).not.toContain(`access to ${reference} in an emergency`);
    expect((await detective.get(`/investigations/${reference}`)).location).toContain('/restricted');
    expect(await withReason(owner, `/investigations/${reference}/access`)).toContain('Not justified, says DS 2256');
  });

  it('stand first with the auditor, who reviews it', async () => {
    const [reference, detective, auditor] = [await restricted(), await visitor('DC 2274'), await visitor('SYP 7510')];
    await send(detective, `/break-glass?named=${reference}`, { basis: 'A child may be at the address.' });
    const purpose = await page(auditor, '/audit');
    const token = /name="token" value="([^"]+)"/.exec(purpose.slice(purpose.indexOf('/audit/purpose')))![1]!;
    await auditor.post('/audit/purpose', { token, to: '/audit', purpose: 'LAWFULNESS' });
    expect(await page(auditor, '/audit')).toMatch(new RegExp(`href="/break-glass/[0-9a-f-]+/review\\?named=${reference}"`));
  });

  it('let a supervisor give access and take it away', async () => {
    const [reference, owner, detective] = [await restricted(), await visitor('DS 2256'), await visitor('DC 2274')];
    const list = `/investigations/${reference}/access`;
    expect(await withReason(owner, `/investigations/${reference}`)).toContain(`href="${list}"`);
    expect((await send(owner, `${list}/grant`, { basis: 'Traces the phones.' })).text).toContain('Enter a collar number or an agency');
    expect((await send(owner, `${list}/grant`, { user: 'DS 2256', basis: 'For me.' })).text).toContain('You cannot give access to yourself');
    expect((await send(owner, `${list}/grant`, { user: 'DC 2274', until: '31/2/2027', basis: 'Traces the phones.' })).text).toContain('Last day must be a real date');
    expect(await send(owner, `${list}/grant`, { user: 'DC 2274', basis: 'Traces the phones.' })).toMatchObject({ status: 303, location: `${url}${list}` });
    const shown = await page(owner, list);
    expect(shown).toContain('Traces the phones.');
    expect(shown).toContain('Has access');
    expect(await withReason(detective, `/investigations/${reference}`)).toContain(reference);
    const withdraw = new RegExp(`${list}/withdraw\\?grant=[0-9a-f-]+`).exec(shown)![0];
    expect(await send(owner, withdraw, {})).toMatchObject({ status: 303 });
    expect(await page(owner, list)).toContain('Ended by DS 2256');
    expect((await detective.get(`/investigations/${reference}`)).location).toContain('/restricted');
  });

  it('lead to the list of its operation, where those on it are let read it', async () => {
    const [reference, first, owner, detective] = [await restricted(), await restricted(), await visitor('DS 2256'), await visitor('DC 2274')];
    const at = `/investigations/${reference}/access/operations/Clover`;
    for (const each of [first, reference]) {
      expect((await supervisor.post(`/api/v1/investigations/${each}/operations`, { operation: 'Clover' })).status).toBe(200);
      if (each === first) await supervisor.post('/api/v1/operations/clover/access-grants', { user: 'DC 2274', basis: 'Works on the operation.' });
    }
    const record = await withReason(owner, `/investigations/${reference}/access`);
    expect(record).toContain('0 entries of its list give access to this investigation');
    expect(record).toContain(`href="${at}"`);
    const list = await page(owner, at);
    expect(list).toContain('1 other investigation, not this one');
    expect(list).toContain('Works on the operation.');
    expect((await detective.get(`/investigations/${reference}`)).location).toContain('/restricted');
    expect(await page(owner, `${at}/extend`)).toContain('DC 2274, put on the list by DS 2256');
    expect((await send(owner, `${at}/extend`, { basis: 'Traces these phones too.' })).text).toContain('Choose who should read them');
    const id = /value="([0-9a-f-]{36})"/.exec((await page(owner, `${at}/extend`)).split('name="grantIds"')[1]!)![1]!;
    expect(await send(owner, `${at}/extend`, { grantIds: id, basis: 'Traces these phones too.' })).toMatchObject({ status: 303, location: `${url}${at}` });
    expect(await page(owner, at)).toContain('This investigation and 1 other');
    expect((await owner.get(`${at}/extend`)).status).toBe(303);
    expect(await page(owner, `/investigations/${reference}/access`)).toContain('1 entry of its list gives access to this investigation');
    expect(await withReason(detective, `/investigations/${reference}`)).toContain(reference);
    expect(await send(owner, `${at}/withdraw?grant=${id}`, {})).toMatchObject({ status: 303 });
    expect(await page(owner, at)).toContain('Ended by DS 2256');
    expect((await detective.get(`/investigations/${reference}`)).location).toContain('/restricted');
    expect(await send(owner, `${at}/grant`, { user: 'DC 2235', basis: 'Helps with it.' })).toMatchObject({ status: 303 });
    expect(await page(owner, at)).toContain('Helps with it.');
  });

  it('have no list of an operation that the record does not belong to', async () => {
    const [reference, owner] = [await restricted(), await visitor('DS 2256')];
    await withReason(owner, `/investigations/${reference}/access`);
    for (const path of ['', '/grant', '/extend', '/withdraw?grant=x']) expect((await owner.get(`/investigations/${reference}/access/operations/Clover${path}`)).status).toBe(404);
    expect((await (await visitor('DC 2274')).get(`/investigations/${reference}/access/operations/Clover/grant`)).status).toBe(403);
  });

  it('tell who could see it on a day', async () => {
    const [reference, owner] = [await restricted(), await visitor('DS 2256')];
    const list = `/investigations/${reference}/access`;
    await withReason(owner, list);
    const today = new Date().toISOString().slice(0, 10);
    const shown = await page(owner, `${list}?on=${today}`);
    expect(shown).toContain('Who could see this on a day');
    expect(shown).toMatch(/DS 2256<\/th>\s*<td[^>]*>Supervisor, Rotherham CID<\/td>\s*<td[^>]*>supervisor, in its team, opened it/);
    expect(await page(owner, `${list}?on=1/1/2999`)).toContain('Day must be today or earlier');
    expect(await page(owner, `${list}?on=yesterday`)).toContain('Day must be a real date');
  });

  it('are for nobody else', async () => {
    const [reference, detective] = [await restricted(), await visitor('DC 2274')];
    await supervisor.post(`/api/v1/investigations/${reference}/access-grants`, { user: 'DC 2274', basis: 'Traces the phones.' });
    await withReason(detective, `/investigations/${reference}`);
    for (const path of ['access', 'access/grant', 'access/withdraw?grant=x']) expect((await detective.get(`/investigations/${reference}/${path}`)).status).toBe(403);
    expect((await detective.get(`/break-glass?named=${reference}`)).status).toBe(403);
    expect((await detective.get('/break-glass?named=INV-999999')).status).toBe(404);
    expect((await detective.get(`/break-glass/00000000-0000-4000-8000-000000000000/review?named=${reference}`)).status).toBe(403);
  });

  it('are joined by forms about sensitivity and operation for who may reassess it, and for nobody else', async () => {
    const reference = await restricted();
    const [owner, officer] = [await visitor('DS 2256'), await visitor('DC 2235')];
    const offered = (html: string): string[] => [...html.matchAll(new RegExp(`/investigations/${reference}/record/([a-z-]+)"`, 'g'))].map(([, slug]) => slug!);
    expect(offered(await withReason(owner, `/investigations/${reference}`))).toEqual(expect.arrayContaining(['sensitivity', 'link-operation', 'plan']));
    const tasks = offered(await withReason(officer, `/investigations/${reference}`));
    expect(tasks).toContain('plan');
    expect(tasks).not.toEqual(expect.arrayContaining(['sensitivity']));
    expect(tasks).not.toEqual(expect.arrayContaining(['link-operation']));
    expect((await officer.get(`/investigations/${reference}/record/sensitivity`)).status).toBe(403);
  });

  it('mark restricted records in lists', async () => {
    const reference = await restricted();
    const detective = await supervisor.as('DC 2274');
    const { body } = await detective.app.inject({ method: 'GET', url: '/investigations?area=all', headers: detective.credentials });
    expect(body).toMatch(new RegExp(`${reference}</a><br><strong class="govuk-tag govuk-tag--blue">Restricted`));
  });
});
