// Runs the server in a process of its own: `node test/peers/eventstoredb/run.cjs --port N --data DIR`, after `npm run build`.
require('../../support/typescript.cjs');
require('./main.ts');
