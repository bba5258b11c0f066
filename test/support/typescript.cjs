// Tests are not built: whoever runs their TypeScript outside the test runner loads this first. The libraries under it come from `dist`.
const fs = require('node:fs');
const { transformSync } = require('@swc/core');

const swc = { swcrc: false, module: { type: 'commonjs' }, sourceMaps: 'inline', jsc: { target: 'es2022', parser: { syntax: 'typescript' } } };

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(fs.readFileSync(filename, 'utf8'), { ...swc, filename }).code, filename);
};
