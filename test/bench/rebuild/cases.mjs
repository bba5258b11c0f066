// Cases of about ten events each, side by side as they come in life, in the form in which the ledger stores them (about 1 kB an event).
import { createHash } from 'node:crypto';

const idOf = (...parts) => {
  const hex = createHash('sha1').update(parts.join('|')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const areas = ['Rotherham', 'Sheffield', 'Barnsley', 'Doncaster', 'Luton', 'Bedford', 'Central Bedfordshire'];
const themes = ['CSE', 'CCE', 'TRAFFICKING', 'FORCED_MARRIAGE'];
const teams = ['CE Team 1', 'CE Team 2', 'CE Team 3', 'CID North', 'CID South'];
const DAY = 86_400_000;

/** A suspect circulated in a case that `cases(count, seed)` has opened: another case each time, old and new. */
export const laterEvent = (count, seed, i) => {
  const opened = Math.floor(count / 11);
  const investigation = idOf('case', seed, (i * 7919) % opened);
  const command = idOf('later', investigation, i);
  const data = { linkId: idOf('link', investigation), circulation: 'PNC_WANTED' };
  const metadata = {
    $causationId: command, $correlationId: command, actor: { id: 'unverified', kind: 'unverified' }, assertion: 'FACT', commandId: command,
    effectiveAt: { from: '2021-01-01', precision: 'day' }, marking: 'OFFICIAL-SENSITIVE', program: 'daybook 0.1.0',
    recordedAt: new Date(Date.UTC(2021, 0, 1) + i).toISOString(), regime: 'DPA_PART3', track: 'STANDARD', v: 1,
  };
  const event = { id: idOf('event', command), type: 'SuspectCirculated', data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)) };
  return { stream: `investigation-${investigation}`, event };
};

/** Appends `{ stream, events }` in log order, `count` events in all or a few more. */
export function* cases(count, seed = 7) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const text = (length) => Array.from({ length }, () => letters[Math.floor(next() * 64)]).join('');
  const filler = Array.from({ length: 64 }, () => text(160));
  const sealed = (key) => ({ ct: pick(filler), iv: filler[0].slice(0, 16), kc: pick(filler).slice(0, 43), key, tag: filler[1].slice(0, 22) });
  const begun = Date.UTC(2009, 0, 1);
  let made = 0;
  let opened = 0;

  const begin = () => {
    const investigation = idOf('case', seed, opened++);
    const script = ['InvestigationOpened', 'CrimeRecorded', 'InvestigationAllocated', 'SupervisorReviewRecorded'];
    if (next() < 0.7) script.push('SuspectLinked');
    if (next() < 0.6) script.push('SuspectNamed', 'SuspectArrested', 'SuspectBailed');
    if (next() < 0.2) script.push('SuspectFailedToAnswerBail', 'SuspectArrested');
    script.push('InvestigationPlanSet', 'SupervisorReviewRecorded');
    if (next() < 0.8) script.push('OutcomeAssigned', 'FinalisationProposed', 'InvestigationFinalised');
    if (!script.includes('SuspectLinked')) for (const type of script.filter((name) => name.startsWith('Suspect'))) script.splice(script.indexOf(type), 1);
    return { investigation, script, at: 0, link: idOf('link', investigation), crime: idOf('crime', investigation) };
  };

  const dataOf = (type, { investigation, link, crime }) => {
    switch (type) {
      case 'InvestigationOpened': return { area: pick(areas), investigationId: investigation, kind: 'CRIME', summary: sealed(`text-${investigation}`), team: pick(teams), themes: [pick(themes)] };
      case 'CrimeRecorded': return { crimeId: crime, crimeReference: `14/${opened}/19`, force: '14', offence: 'Sexual activity with a child' };
      case 'InvestigationAllocated': return { officer: `DC ${Math.floor(next() * 9000)}`, team: pick(teams) };
      case 'SupervisorReviewRecorded': return { findings: sealed(`text-${link}`), review: 'PERIODIC_SUPERVISOR', supervisor: 'DI 77' };
      case 'InvestigationPlanSet': return { plan: sealed(`text-${crime}`), reviewEveryDays: 28 };
      case 'SuspectLinked': return { crimeIds: [crime], description: sealed(`text-${link}`), linkId: link, quality: 'DESCRIBED' };
      case 'SuspectNamed': return { basis: sealed(`text-${link}`), linkId: link, nominalId: idOf('nominal', link) };
      case 'SuspectBailed': return { conditions: sealed(`text-${link}`), linkId: link, regime: 'STANDARD_POLICE' };
      case 'OutcomeAssigned': return { crimeId: crime, outcome: { code: '18', scheme: 'HOME_OFFICE' } };
      case 'FinalisationProposed': return { officer: 'DC 4417' };
      case 'InvestigationFinalised': return { approvedBy: 'DI 77', closingSummary: sealed(`text-${crime}`) };
      default: return { linkId: link };
    }
  };

  const eventOf = (active) => {
    const type = active.script[active.at++];
    const recorded = begun + Math.floor((made++ / count) * 11 * 365) * DAY + Math.floor(next() * DAY);
    const local = new Date(recorded - Math.floor(next() * 3) * DAY).toISOString().slice(0, 10);
    const command = idOf('command', active.investigation, active.at);
    const metadata = {
      $causationId: command, $correlationId: command, actor: { id: 'unverified', kind: 'unverified' }, assertion: 'FACT', commandDigest: filler[2].slice(0, 43),
      commandId: command, effectiveAt: { from: local, precision: 'day' }, marking: 'OFFICIAL-SENSITIVE', program: 'daybook 0.1.0',
      reason: sealed(`text-${command}`), recordedAt: new Date(recorded).toISOString(), regime: 'DPA_PART3', track: 'STANDARD', v: 1,
    };
    return { id: idOf('event', command), type, data: Buffer.from(JSON.stringify(dataOf(type, active))), metadata: Buffer.from(JSON.stringify(metadata)) };
  };

  const pool = Array.from({ length: Math.max(1, Math.min(3000, Math.floor(count / 50))) }, begin);
  while (made < count) {
    const place = Math.floor(next() * pool.length);
    const active = pool[place];
    const few = next() < 0.3 ? 2 : 1;
    const events = [];
    while (events.length < few && active.at < active.script.length) events.push(eventOf(active));
    yield { stream: `investigation-${active.investigation}`, events };
    if (active.at >= active.script.length) pool[place] = begin();
  }
}

/** Appends them to a store, many in flight. Answers how many events it holds then. */
export const fill = async (store, count, seed) => {
  const inFlight = new Map();
  for (const { stream, events } of cases(count, seed)) {
    // Two appends to one stream go one after the other; the rest share transactions.
    const before = inFlight.get(stream);
    if (before) await before;
    const append = store.append(stream, events, 'any').finally(() => inFlight.delete(stream));
    inFlight.set(stream, append);
    if (inFlight.size >= 512) await Promise.race(inFlight.values());
  }
  await Promise.all(inFlight.values());
  return (await store.head()).number + 1;
};
