// Runs the server in a process of its own: `node test/peers/eventstoredb/run.cjs --port N --data DIR`, after `npm run build`. Tests are not built, so its
// TypeScript is compiled as it is loaded; the libraries under it come from `dist`.
const fs = require('node:fs');
const { transformSync } = require('@swc/core');

const swc = { swcrc: false, module: { type: 'commonjs' }, sourceMaps: 'inline', jsc: { target: 'es2022', parser: { syntax: 'typescript' } } };

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(fs.readFileSync(filename, 'utf8'), { ...swc, filename }).code, filename);
};
require('./main.ts');
