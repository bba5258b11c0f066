import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FakeKms } from '#test/fake-kms';
import { Desk } from './cli.fixtures';

type Credentials = Awaited<ReturnType<Desk['credentials']>>;

const post = async (url: string, as: Credentials, address: string, body: object): Promise<Record<string, string>> => {
  const answer = await fetch(`${url}${address}`, { method: 'POST', headers: { 'content-type': 'application/json', ...as }, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Record<string, string>;
};
const person = { familyName: 'Planted', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'NOT_KNOWN' };
const opened = { kind: 'CRIME', area: 'Rotherham', themes: [], title: 'Planted title', crimes: [{ offence: 'Robbery' }] };
const register = (url: string, as: Credentials) => post(url, as, '/api/v1/people', person);
const open = async (url: string, as: Credentials): Promise<string> => (await post(url, as, '/api/v1/investigations', opened)).id!;

describe('daybook keys rotate', () => {
  let desk: Desk;
  beforeEach(() => { desk = new Desk(); });
  afterEach(() => desk.clear());
  const kek = (name: string): string => {
    const file = path.join(desk.folder, name);
    fs.writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    return file;
  };
  const title = async (id: string, more?: Readonly<Record<string, string>>): Promise<boolean> =>
    (await desk.run(['history', id, '--json'], more)).out.includes('Planted title');

  it('puts the new key in the place of the program\'s own, in the running program, and once more alone', async () => {
    const running = await desk.start();
    const as = await desk.credentials();
    const id = await open(running.url, as);
    await register(running.url, as);
    const own = path.join(desk.keys, 'kek');
    const old = fs.readFileSync(own);
    const first = kek('first');
    expect(await desk.run(['keys', 'rotate', '--new-kek', 'first'])).toMatchObject({ exit: 0, err: expect.stringContaining('open with the new key-encryption key alone') });
    expect(fs.readFileSync(own)).toEqual(fs.readFileSync(first));
    expect(await title(id)).toBe(true);
    const later = await open(running.url, as);
    expect(await running.stop()).toBe(0);
    expect([await title(id), await title(later)]).toEqual([true, true]);
    fs.writeFileSync(path.join(desk.folder, 'old'), old, { mode: 0o600 });
    expect(await desk.run(['history', id, '--json'], { DAYBOOK_KEK_FILE: path.join(desk.folder, 'old') })).toMatchObject({ exit: 3, err: expect.stringContaining('not the one') });
    kek('second');
    expect(await desk.run(['keys', 'rotate', '--new-kek', 'second'])).toMatchObject({ exit: 0 });
    expect(await title(later)).toBe(true);
    expect(fs.readdirSync(desk.keys).filter((name) => name.includes('arriving'))).toEqual([]);
  });

  it("waits for its custodian to put a key in place that the settings name, and opens with either until then", async () => {
    const [old, next] = [kek('old'), kek('next')];
    const env = { DAYBOOK_KEK_FILE: old };
    const id = (await desk.run(['init', '--as', 'trial'], env)).exit === 0 ? '' : 'not made';
    expect(id).toBe('');
    const rotate = () => desk.run(['keys', 'rotate', '--new-kek', next], env);
    expect(await rotate()).toMatchObject({ exit: 0, err: expect.stringContaining('until then they open with either') });
    for (const file of [old, next]) expect(await desk.run(['figures', '--json'], { DAYBOOK_KEK_FILE: file })).toMatchObject({ exit: 0 });
    // With the new one at hand, that last start ended it.
    expect(await desk.run(['figures', '--json'], env)).toMatchObject({ exit: 3 });
    fs.copyFileSync(next, old);
    expect(await rotate()).toMatchObject({ exit: 0, err: expect.stringContaining('alone') });
  });

  it('refuses a new key that is missing, open to others or no key, and changes nothing', async () => {
    expect(await desk.run(['init', '--as', 'trial'])).toMatchObject({ exit: 0 });
    fs.chmodSync(kek('open'), 0o644);
    fs.writeFileSync(path.join(desk.folder, 'words'), 'words', { mode: 0o600 });
    for (const file of ['none', 'open', 'words']) expect(await desk.run(['keys', 'rotate', '--new-kek', file])).toMatchObject({ exit: 3 });
    expect(await desk.run(['figures', '--json'])).toMatchObject({ exit: 0 });
  });

  it('takes the old and the new key from a key-management service, which is asked once a start', async () => {
    const kms = await FakeKms.start();
    const wrapped = (name: string): string => {
      fs.writeFileSync(path.join(desk.folder, name), kms.wrap(randomBytes(32)), { mode: 0o600 });
      return path.join(desk.folder, name);
    };
    fs.writeFileSync(path.join(desk.folder, 'token'), FakeKms.token, { mode: 0o600 });
    const account = { id: 'svc-daybook', name: 'Daybook on its server', role: 'SYSTEM', agency: 'SYP' };
    fs.writeFileSync(path.join(desk.folder, 'access.json'), JSON.stringify({
      claims: { id: 'sub', name: 'name' }, requireMultiFactor: false, rules: [{ when: { groups: 'x' }, role: 'ANALYST', agency: 'SYP' }], accounts: { [os.userInfo().username]: account },
    }));
    const env = { DAYBOOK_KEK_FILE: wrapped('kek'), DAYBOOK_KMS_URL: kms.url, DAYBOOK_KMS_TOKEN_FILE: path.join(desk.folder, 'token'), DAYBOOK_ACCESS_FILE: path.join(desk.folder, 'access.json') };
    expect(await desk.run(['init', '--as', 'live'], env)).toMatchObject({ exit: 0 });
    kms.asked.splice(0);
    expect(await desk.run(['figures', '--json'], env)).toMatchObject({ exit: 0 });
    expect(kms.asked).toHaveLength(1);
    const next = wrapped('next');
    expect(await desk.run(['keys', 'rotate', '--new-kek', next], env)).toMatchObject({ exit: 0 });
    fs.copyFileSync(next, env.DAYBOOK_KEK_FILE);
    expect(await desk.run(['figures', '--json'], env)).toMatchObject({ exit: 0 });
    await kms.stop();
    expect(await desk.run(['figures', '--json'], env)).toMatchObject({ exit: 4, err: 'daybook: the key-management service does not answer; the keys stay closed until it does\n' });
  });
});
