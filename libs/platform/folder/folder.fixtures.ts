import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Settings } from '#platform/settings';

const places: string[] = [];

/** A new temporary place with the settings of a data folder in it; `removePlaces` takes all of them away. */
export const newPlace = (other: Partial<Settings> = {}): Settings & { readonly place: string } => {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-'));
  places.push(place);
  return { place, data: path.join(place, 'data'), keys: path.join(place, 'keys'), listen: '127.0.0.1', port: 0, rates: {}, signIn: { trustProxy: 0 }, telemetry: {}, user: 'tester', ...other };
};

export const removePlaces = (): void => {
  for (const place of places.splice(0)) fs.rmSync(place, { recursive: true, force: true });
};
