import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromRoot } from '#platform/settings';

const audit = (folder: string): { readonly exit: number | null; readonly said: string } => {
  const { status, stdout } = spawnSync(process.execPath, [fromRoot('infra', 'audit.mjs'), '--offline', '--in', folder], { encoding: 'utf8' });
  return { exit: status, said: stdout };
};

const pinned = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' };

describe('the packages that the product is made of', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-packages-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const locked = (entry: object, allowScripts: object = {}): ReturnType<typeof audit> => {
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ allowScripts }));
    fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/x': { ...pinned, ...entry } } }));
    return audit(folder);
  };

  it('have licences that a public body may use, known origins, and no install script that nobody decided on', () => {
    expect(audit(fromRoot())).toMatchObject({ exit: 0 });
  });

  it.each(['MIT', 'MIT OR GPL-3.0-only', '(BSD-2-Clause OR GPL-2.0-only)', 'MIT AND ISC'])('may be under %s', (license) => expect(locked({ license }).exit).toBe(0));

  it.each(['GPL-3.0-only', 'MIT AND AGPL-3.0-only', 'SEE LICENSE IN LICENSE', '', undefined])('may not be under %s', (license) => {
    expect(locked({ license })).toMatchObject({ exit: 1, said: expect.stringMatching(/licences to look at:\n {2}x 1\.0\.0/) });
  });

  it('may be under weak copyleft where they are tools that are not shipped', () => {
    expect([locked({ license: 'MPL-2.0' }).exit, locked({ license: 'MPL-2.0', dev: true }).exit]).toEqual([1, 0]);
  });

  it('run an install script once somebody has said yes or no to it', () => {
    expect([locked({ hasInstallScript: true }).exit, locked({ hasInstallScript: true }, { x: false }).exit]).toEqual([1, 0]);
  });

  it.each([{ resolved: 'http://registry.npmjs.org/x.tgz' }, { resolved: 'https://packages.example/x.tgz' }, { resolved: 'git+ssh://git@github.com/x/x.git' }, { integrity: undefined }, { integrity: 'sha1-x' }])('may not come from elsewhere or unchecked: %j', (entry) => {
    expect(locked(entry)).toMatchObject({ exit: 1, said: expect.stringContaining('origin is not pinned:') });
  });
});
