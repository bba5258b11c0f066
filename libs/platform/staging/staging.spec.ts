import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStaging } from './staging';
import type { Staging } from './staging';

describe('a staging pile', () => {
  let folder: string;
  let staging: Staging;
  const file = () => path.join(folder, 'pile.db');

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-staging-'));
    staging = openStaging(file());
  });
  afterEach(() => {
    staging.close();
    fs.rmSync(folder, { recursive: true });
  });

  it('gives keys and values sorted and counted, whatever the order they came in', () => {
    for (const [key, value] of [['b', '2'], ['a', '9'], ['b', '1'], ['b', '2']] as const) staging.add(key, value, '');
    expect(staging.sort()).toBe(2);
    expect([...staging.groups()]).toEqual([
      { key: 'a', values: [{ value: '9', count: 1 }] },
      { key: 'b', values: [{ value: '1', count: 1 }, { value: '2', count: 2 }] },
    ]);
  });

  it('keeps a group whole across its pages', () => {
    for (let i = 0; i < 10_000; i++) staging.add(`key ${i % 3}`, String(i).padStart(5, '0'), '');
    expect(staging.sort()).toBe(3);
    expect([...staging.groups()].map(({ key, values }) => [key, values.length])).toEqual([['key 0', 3334], ['key 1', 3333], ['key 2', 3333]]);
  });

  it('can be marked while it is read, and tells where the rows of marked keys came from', () => {
    staging.add('b', 'x', 'f:2');
    staging.add('a', 'y', 'f:3');
    staging.add('b', 'z', 'f:4');
    staging.sort();
    for (const { key } of staging.groups()) if (key === 'b') staging.mark(key, 'why');
    expect([...staging.marked()].map(({ place, value, note }) => [place, value, note])).toEqual([['f:2', 'x', 'why'], ['f:4', 'z', 'why']]);
  });

  it('is empty when nothing was added', () => {
    expect(staging.sort()).toBe(0);
    expect([...staging.groups()]).toEqual([]);
    expect([...staging.marked()]).toEqual([]);
  });

  it('starts empty over what a dead process left, and leaves no file', () => {
    fs.writeFileSync(path.join(folder, 'left.db'), 'not a database');
    const other = openStaging(path.join(folder, 'left.db'));
    expect(other.sort()).toBe(0);
    other.close();
    expect(fs.readdirSync(folder)).toEqual(['pile.db']);
  });
});
