// A program that records looks while its log comes and goes, to be killed at one of its steps. Says each look that it was told is kept.
const fs = require('node:fs');
const path = require('node:path');

const [folder, seed, killAt, most, first] = process.argv.slice(2);

let left = Number(killAt);
const step = () => {
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
};

// Before the spool is loaded, so that it calls these: a kill before, between and after writing and syncing.
for (const name of ['write', 'fdatasync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    step();
    const done = args.pop();
    return real(...args, (...answer) => {
      step();
      done(...answer);
    });
  };
  Object.defineProperty(fs[name], require('node:util').promisify.custom, {
    value: (...args) => new Promise((resolve, reject) => fs[name](...args, (error, bytesWritten) => (error ? reject(error) : resolve({ bytesWritten })))),
  });
}

const { openEmbeddedEventStore, EventCodec } = require('../../dist/libs/platform/event-store/index.js');
const { openSpool } = require('../../dist/libs/platform/spool/index.js');
const { StoreUnavailableError } = require('../../dist/libs/kernel/index.js');
const { Looks } = require('../../dist/libs/contexts/oversight/application/looks.js');

let state = Number(seed) | 0;
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

const vault = { sealAll: async (events) => events.map(({ data }) => ({ data })), digest: (text) => `digest of ${text}` };

const main = async () => {
  const log = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  let storm = random(3) === 0 ? random(40) : 0;
  const store = {
    append: async (...args) => {
      step();
      if (storm === 0 && random(15) === 0) storm = 1 + random(30);
      const away = storm > 0 && storm-- > 0;
      const told = away && random(3) > 0;
      if (!told) await log.append(...args);
      step();
      if (away) throw new StoreUnavailableError('away', told ? 'no' : 'unknown');
    },
  };
  const looks = new Looks({ store, codec: new EventCodec(), vault, clock: Date.now, program: 'test', spool: openSpool(path.join(folder, 'spool', 'looks'), { reserve: 16_384 }) });
  await looks.drain();
  const user = async (name) => {
    for (let i = 0; i < Number(most); i++) {
      const id = `${name}-${Number(first) + i}`;
      await looks.record({ kind: 'user', id: name, name, role: 'DETECTIVE', agency: 'x', multiFactor: true, provedAt: 0 },
        { kind: 'consultation', door: 'PAGE', route: '/x', shown: [{ kind: 'person', ids: [id] }] });
      fs.writeSync(1, `${id}\n`);
      if (random(4) === 0) await looks.drain();
    }
  };
  await Promise.all(['a', 'b', 'c', 'd'].map(user));
  storm = 0;
  while (!(await looks.drain())) storm = 0;
  await looks.close();
  await log.close();
};

void main();
