import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');

/**
 * Where the compiled JavaScript of a source file lies: threads and child processes run nothing else. A `.js` path answers itself; a `.ts`
 * path under the root of the repository (only tests see those) answers its place under `dist`, which the test run builds first.
 */
export const compiled = (file: string): string =>
  file.endsWith('.ts') ? path.join(ROOT, 'dist', path.relative(ROOT, file)).replace(/\.ts$/, '.js') : file;
