// Load on one server, in a process of its own. Sends over plain sockets and reads no more of an answer than its status and length, so that
// the generator takes as little as it can of the cores that it shares with the server. Answers what it saw to its parent.
import net from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** One connection with one request under way at a time. */
class Wire {
  constructor(port) {
    this.parts = Buffer.alloc(0);
    this.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.fail?.(error));
    this.socket.on('close', () => this.fail?.(new Error('closed')));
  }

  send(bytes) {
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.fail = reject;
      this.socket.write(bytes);
    });
  }

  take(chunk) {
    this.parts = this.parts.length ? Buffer.concat([this.parts, chunk]) : chunk;
    const end = this.parts.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.parts.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)[1]);
    if (this.parts.length < end + 4 + length) return;
    const body = this.parts.toString('utf8', end + 4, end + 4 + length);
    this.parts = Buffer.alloc(0);
    this.answer({ status: Number(head.slice(9, 12)), body });
  }
}

/** Whose token it speaks with: a supervisor reviews in their own name. */
const SUPERVISOR = 'DS 2256';

let token = '';
const post = (path, body) => {
  const text = JSON.stringify(body);
  return Buffer.from(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};

const get = ([path, as]) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${as}\r\n\r\n`);

const words = 'Seen at the address given by the caller; the vehicle was recorded and the plan reviewed with the supervisor. ';
let serial = 0;
const requests = {
  open: () => post('/api/v1/investigations', {
    kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], team: 'Team 1', title: `Case ${++serial}`, summary: words.repeat(3),
    crimes: [{ offence: '8/21', crimeReference: `14/${serial}/19`, force: '14' }],
  }),
  read: get,
  review: (id) => post(`/api/v1/investigations/${id}/reviews`, { review: 'PERIODIC_SUPERVISOR', supervisor: SUPERVISOR, findings: `${++serial}: ${words.repeat(2)}` }),
};

const opened = async (wire) => JSON.parse((await wire.send(requests.open())).body).id;

/** Cases that take turns, so that none grows longer than a real one. */
const casesFor = async (wires, count) => {
  const ids = [];
  await Promise.all(wires.map(async (wire) => {
    while (ids.length < count) ids.push(await opened(wire));
  }));
  return inTurn(ids);
};

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const figures = (latencies, failed, seconds, cpu) => {
  latencies.sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(cpu);
  return {
    sent: latencies.length, failed, perSecond: latencies.length / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99),
    worst: latencies.at(-1), cpuShare: (user + system) / 1e6 / seconds,
  };
};

const inTurn = (all) => {
  let turn = 0;
  return () => all[turn++ % all.length];
};

/** As fast as answers come, with so many under way, spread over the ports. `paths`: what is read and by whose token, one after the other. */
const closedLoop = async ({ port, ports = [port], what, paths, inFlight, seconds }) => {
  const wires = Array.from({ length: inFlight }, (_, i) => new Wire(ports[i % ports.length]));
  const nextCase = paths ? inTurn(paths) : await casesFor(wires, 2000);
  const [latencies, until, cpu, began] = [[], performance.now() + seconds * 1000, process.cpuUsage(), performance.now()];
  let failed = 0;
  await Promise.all(wires.map(async (wire) => {
    for (let at = performance.now(); at < until; at = performance.now()) {
      const { status } = await wire.send(requests[what](nextCase()));
      latencies.push(performance.now() - at);
      if (status >= 300) failed++;
    }
  }));
  return figures(latencies, failed, (performance.now() - began) / 1000, cpu);
};

/** So many a second, whether or not answers come; latency counts from when a request was due, so that waiting for a free wire is not hidden. */
const openLoop = async ({ port, what, rate, seconds }) => {
  const free = Array.from({ length: 256 }, () => new Wire(port));
  const nextCase = await casesFor(free, 1000);
  const [due, latencies, cpu, began] = [[], [], process.cpuUsage(), performance.now()];
  let [made, failed, underWay] = [0, 0, 0];
  const dispatch = () => {
    while (due.length && free.length) {
      const [at, wire] = [due.shift(), free.pop()];
      underWay++;
      void wire.send(requests[what](nextCase())).then(({ status }) => {
        latencies.push(performance.now() - at);
        if (status >= 300) failed++;
        underWay--;
        free.push(wire);
        dispatch();
      });
    }
  };
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - began;
      for (; made < Math.min(elapsed, seconds * 1000) / 1000 * rate; made++) due.push(began + made / rate * 1000);
      dispatch();
      if (elapsed > seconds * 1000 && underWay === 0 && due.length === 0) resolve(clearInterval(timer));
    }, 1);
  });
  return figures(latencies, failed, (performance.now() - began) / 1000, cpu);
};

process.on('message', async (job) => {
  if (job === 'stop') process.exit(0);
  token = job.token;
  process.send(await (job.loop === 'closed' ? closedLoop(job) : openLoop(job)));
});
