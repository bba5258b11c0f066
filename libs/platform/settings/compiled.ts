import path from 'node:path';

const home = path.resolve(__dirname, '../../..');

/** The folder that holds package.json, whether this runs from source or from `dist`. */
const root = path.basename(home) === 'dist' ? path.dirname(home) : home;

/** A place in the program's own folder, for example `fromRoot('reference-data', 'areas.json')`. */
export const fromRoot = (...parts: readonly string[]): string => path.join(root, ...parts);

/**
 * Where the compiled JavaScript of a source file lies: threads and child processes run nothing else. A `.js` path answers itself; a `.ts`
 * path under the root of the repository (only tests see those) answers its place under `dist`, which the test run builds first.
 */
export const compiled = (file: string): string =>
  file.endsWith('.ts') ? path.join(root, 'dist', path.relative(root, file)).replace(/\.ts$/, '.js') : file;
