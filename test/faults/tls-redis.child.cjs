// Asks for one job at the Redis that is named and does it; says what health says, and whether the job was done.
const { bullmqJobs } = require('../../dist/libs/platform/jobs/index.js');

const [url] = process.argv.slice(2);
void (async () => {
  let done;
  const isDone = new Promise((resolve) => { done = resolve; });
  const reaction = { name: 'escalate', due: () => [], perform: async () => done(true) };
  const jobs = bullmqJobs({ url, prefix: 'tls', reactions: [reaction] });
  const { troubles } = await jobs.health();
  jobs.start();
  await jobs.ensure([{ reaction: 'escalate', subject: 'action-1', due: '2019-12-31' }]).catch((error) => done(error.message));
  process.stdout.write(JSON.stringify({ troubles, done: await isDone }));
  await jobs.close(0);
  process.exit(0);
})();
