// Copies a server's log and says after every group how far it has come; whoever started it kills it.
const { openKurrentEventStore } = require('../../dist/libs/platform/event-store/index.js');

const [url, file] = process.argv.slice(2);
void (async () => {
  const store = await openKurrentEventStore({ url, file });
  store.onHead(() => process.stdout.write(`${store.currentHead().position}\n`));
  await store.head();
  process.stdout.write('whole\n');
  await store.close();
})();
