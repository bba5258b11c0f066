// Reads the whole log through a subscription and says how much memory the process had at most. `keeping` holds on to what it was given.
// node --max-old-space-size=32 small-memory.child.cjs FILE reading|keeping
const { openEmbeddedEventStore, START } = require('../../../dist/libs/platform/event-store/index.js');

const [file, how] = process.argv.slice(2);

const main = async () => {
  const store = await openEmbeddedEventStore({ file });
  const { position } = await store.head();
  const kept = [];
  let [events, bytes, mostBytes] = [0, 0, 0];
  await new Promise((resolve, reject) => {
    const subscription = store.subscribe(START, {
      async onBatch(batch) {
        if (how === 'keeping') kept.push(batch);
        events += batch.length;
        for (const { data } of batch) bytes += data.length;
        mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
        if (batch.at(-1).position === position) resolve(void subscription.stop());
      },
      onError: reject,
    });
  });
  console.log(JSON.stringify({ events, bytes, mostBytes }));
  await store.close();
};

void main();
