import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { compiled } from '#platform/settings';
import type { FolderBusyError } from './errors';
import { newPlace, removePlaces } from './folder.fixtures';
import { holdFolder } from './hold';

const children: ChildProcess[] = [];

/** A process that holds the folder until it is killed; settles with its id when it has the hold. */
const ownerOf = (folder: string): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const program = `require(${JSON.stringify(compiled(path.join(__dirname, 'hold.ts')))}).holdFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    child.stdout!.once('data', () => resolve(child));
    child.once('exit', () => reject(new Error('the owner ended')));
  });

const busyOf = (folder: string): FolderBusyError => {
  try {
    holdFolder(folder).release();
  } catch (error) {
    return error as FolderBusyError;
  }
  throw new Error('the folder was free');
};

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  removePlaces();
});

describe('the hold on a folder', () => {
  it('is refused to a second owner, with a sentence and the process id of the first', async () => {
    const { data } = newPlace();
    const owner = await ownerOf(data);
    const busy = busyOf(data);
    expect(busy).toMatchObject({ code: 'FOLDER_BUSY', pid: owner.pid });
    expect(busy.message).toBe(`${data} is in use by process ${owner.pid}; a data folder has one owner at a time`);
  });

  it('is free at once when its owner is killed', async () => {
    const { data } = newPlace();
    const owner = await ownerOf(data);
    const gone = new Promise((resolve) => owner.once('exit', resolve));
    owner.kill('SIGKILL');
    await gone;
    expect(fs.readFileSync(path.join(data, 'owner.pid'), 'utf8')).toBe(`${owner.pid}\n`); // what the dead owner left refuses nobody
    holdFolder(data).release();
  });

  it('is refused to another part of the same process, and free after release', () => {
    const { data } = newPlace();
    const hold = holdFolder(data);
    expect(busyOf(data).pid).toBe(process.pid);
    hold.release();
    hold.release();
    holdFolder(data).release();
  });

  it('does not survive in a folder that cannot be written', () => {
    const { place } = newPlace();
    fs.writeFileSync(path.join(place, 'file'), '');
    expect(() => holdFolder(path.join(place, 'file'))).toThrow('cannot be used for writing');
  });
});
