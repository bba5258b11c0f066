// A made-up ledger: 24 months in which investigations open, move and close, ten events each, recorded in one order over all of them.
const DAY = 86_400_000;
const BEGIN = Date.parse('2018-01-01T08:00:00Z');
export const MONTHS_MS = 730 * DAY;
export const NOW = BEGIN + MONTHS_MS;

const AREAS = ['Barnsley', 'Doncaster', 'Rotherham', 'Sheffield', 'Bedford', 'Central Bedfordshire', 'Luton', 'Unknown'];
const THEMES = [['CSE'], ['CSE', 'CCE'], ['TRAFFICKING'], ['CCE'], []];

/** Repeatable chance (mulberry32). */
export const chance = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const EVENTS = 10;

const factsOf = (i, random) => {
  const [link, person] = [`link-${i}-0000-4000-8000-000000000000`, `person-${Math.floor(random() * 80_000)}`];
  const named = random() < 0.9;
  const facts = [
    ['InvestigationOpened', { investigationId: `case-${i}`, kind: 'CRIME', area: AREAS[Math.floor(random() * AREAS.length)], themes: THEMES[i % THEMES.length] }],
    ['CrimeRecorded', { crimeId: `crime-${i}`, offence: 'CSE', force: '14', crimeReference: `14/${i}/18` }],
    ['InvestigationAllocated', { officer: `DC ${1000 + (i % 900)}`, team: `Team ${i % 40}` }],
    ['SuspectLinked', named ? { linkId: link, quality: 'NAMED', nominalId: person } : { linkId: link, quality: 'DESCRIBED' }],
    ['InvestigationPlanSet', { reviewEveryDays: 28 }],
    random() < 0.3 ? ['SuspectCirculated', { linkId: link, circulation: 'PNC_WANTED' }] : ['SupervisorReviewRecorded', { review: 'INITIAL_SUPERVISOR', supervisor: 'DS 1' }],
    ['SuspectArrested', { linkId: link }],
    ['SuspectBailed', { linkId: link, regime: 'STANDARD_POLICE' }],
    random() < 0.5 ? ['SuspectCharged', { linkId: link, charges: [] }] : ['OutcomeAssigned', { crimeId: `crime-${i}`, outcome: { scheme: 'HOME_OFFICE', code: '18' } }],
    ['InvestigationFinalised', { approvedBy: 'DI 1' }],
  ];
  return facts;
};

const minute = (ms) => `${new Date(ms).toISOString().slice(0, 16)}+00:00`;

const effective = (at, random) =>
  random() < 0.7 ? { precision: 'minute', from: minute(at) } : { precision: 'day', from: new Date(at - Math.floor(random() * 5) * DAY).toISOString().slice(0, 10) };

/** When each event of each case is recorded (ms), by case and place. */
const recordedTimes = (cases, random) => {
  const times = new Float64Array(cases * EVENTS);
  for (let i = 0; i < cases; i++) {
    let at = BEGIN + random() * MONTHS_MS * 0.97;
    const pace = 2 + random() * 60;
    for (let k = 0; k < EVENTS; k++) {
      times[i * EVENTS + k] = Math.floor(at);
      at += k === 0 ? 60_000 : random() * pace * DAY;
    }
  }
  return times;
};

/** Event numbers in order of recording. Events that would be recorded after `NOW` have none (-1). */
const numbersOf = (times) => {
  const order = Uint32Array.from(times, (_, i) => i).filter((i) => times[i] <= NOW).sort((a, b) => times[a] - times[b]);
  const numbers = new Float64Array(times.length).fill(-1);
  order.forEach((place, number) => { numbers[place] = number; });
  return { numbers, events: order.length, recorded: Float64Array.from(order, (place) => times[place]) };
};

/** One in a hundred is SENSITIVE. */
const openerOf = (i) => ({ actor: { kind: 'user', id: `DC ${1000 + (i % 900)}` }, track: i % 100 === 0 ? 'SENSITIVE' : 'STANDARD' });

/** `streamOf(i)` writes the events of case i; `recorded[number]` is when an event was recorded. */
export const makeHistory = (cases, seed = 1) => {
  const times = recordedTimes(cases, chance(seed));
  const { numbers, events, recorded } = numbersOf(times);
  const streamOf = (i) => {
    const random = chance(seed * 7919 + i);
    const stream = `investigation-case-${i}`;
    const written = [];
    factsOf(i, random).forEach(([type, data], revision) => {
      const place = i * EVENTS + revision;
      const effectiveAt = effective(times[place], random);
      if (numbers[place] < 0) return;
      const metadata = { v: 1, effectiveAt, recordedAt: new Date(times[place]).toISOString(), ...openerOf(i) };
      written.push({ id: `${stream}#${revision}`, type, data, stream, revision, number: numbers[place], position: String(numbers[place] + 1), metadata });
    });
    return written;
  };
  return { cases, events, recorded, streamOf };
};
