// Preloaded to blind the key store: it is told that its keys are on the disk, which was never asked. What loses nothing even so sees nothing.
const fs = require('node:fs');

fs.fdatasync = (_, done) => setImmediate(done, null);
