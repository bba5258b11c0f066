import fc from 'fast-check';
import { dateOfDay, effectiveHistory, effectiveStart } from '#kernel';
import type { RecordedEvent } from '#kernel';
import * as notes from '#test/case-notes';
import type { Note } from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import type { InvestigationEvent } from '../domain/investigation.events';
import { investigationProjections } from './investigation.projection';
import { timelineOf } from './case-timeline';
import { modelAt } from './naive-model.fixtures';

type CaseEvent = RecordedEvent<InvestigationEvent>;
const seed = Number(process.env.FC_SEED ?? 20191231);

const day = fc.integer({ min: 17_918, max: 17_930 }).map((n) => dateOfDay(n) as string);
const at = fc.oneof(
  { weight: 4, arbitrary: day },
  { weight: 2, arbitrary: fc.tuple(day, fc.constantFrom('00:00', '09:30', '23:59')).map(([date, time]) => `${date}T${time}+00:00`) },
  { weight: 1, arbitrary: day.map((date) => date.slice(0, 7)) },
  { weight: 1, arbitrary: fc.constant('unknown') },
);
const link = fc.constantFrom('x', 'x', 'x', 'y');
const plain = fc.constantFrom(
  notes.described, notes.named, notes.lowered, notes.arrested, notes.interviewed, notes.bailed, notes.releasedUnderInvestigation, notes.failedBail,
  notes.escaped, notes.eliminated, notes.linkVoided, notes.deceased, notes.requisitioned, notes.charged, notes.nfa, notes.circulationCancelled,
);
const whole = fc.constantFrom(
  notes.opened, notes.finalised, notes.finalised, notes.reopened, notes.reopened, notes.transferred, notes.cancelled, notes.proposed, notes.returned,
);
const fact: fc.Arbitrary<Note> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(plain, at, link).map(([make, when, id]) => make(when, id)) },
  { weight: 2, arbitrary: fc.tuple(at, link, fc.constantFrom('p', 'q')).map(([when, id, who]) => notes.identified(when, id, who)) },
  { weight: 2, arbitrary: fc.tuple(at, fc.constantFrom('WARRANT_BACKED', 'RECALL', 'PNC_WANTED'), link).map(([when, how, id]) => notes.circulated(when, how, id)) },
  { weight: 1, arbitrary: fc.tuple(at, fc.boolean(), link).map(([when, sought, id]) => notes.nfaWithdrawn(when, sought, id)) },
  { weight: 4, arbitrary: fc.tuple(whole, at).map(([make, when]) => make(when)) },
  { weight: 2, arbitrary: fc.tuple(at, fc.constantFrom('A', 'B'), fc.constantFrom('DS 1', undefined)).map(([when, team, supervisor]) => notes.allocated(when, team, 'DC 1', supervisor)) },
  { weight: 1, arbitrary: fc.tuple(at, fc.constantFrom('STANDARD', 'RESTRICTED', 'SENSITIVE')).map(([when, sensitivity]) => notes.reassessed(when, sensitivity)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(notes.operationLinked, notes.operationUnlinked), at, fc.constantFrom('Clover', 'CLOVER', 'Makesafe')).map(([make, when, operation]) => make(when, operation)) },
  { weight: 1, arbitrary: fc.tuple(at, fc.constantFrom('c1', 'c2')).map(([when, id]) => notes.crime(when, id, `ref ${id}`)) },
);
const opening = at.map((when) => notes.opened(when));

/** A history with corrections and voids of what went before, opened somewhere near its beginning. */
const historyOf = (length: fc.ArrayConstraints) => fc.tuple(
  fc.array(fact, { maxLength: 2 }), opening, fc.array(fc.tuple(fact, fc.constantFrom('', '', '', '', 'void', 'replacement'), fc.nat()), length),
).map(([before, first, after]) => {
  const written: Note[] = [...before, first];
  for (const [note, correction, n] of after) {
    const target = n % written.length;
    if (correction === 'void') written.push(notes.voided(target));
    else if (correction === 'replacement') written.push(notes.instead(target, note));
    else written.push(note);
  }
  return written;
});
const history = historyOf({ maxLength: 14 });

const live = (events: readonly CaseEvent[]): MemoryReads => new MemoryReads(investigationProjections).apply(...events);

const tables = (reads: MemoryReads) =>
  Object.fromEntries(investigationProjections[0]!.tables.map(({ name }) => [name, reads.rows(name)]));

const present = (reads: MemoryReads) => ({
  cases: reads.db.all('SELECT effFrom, effTo, status, team, supervisor, sensitivity, operations, turn, openedAt, liveSuspects, namedSuspects, outstandingSuspects, oldestOpenEpisodeOn FROM investigation_rect WHERE recTo = 9007199254740991 AND status <> \'NONE\' ORDER BY effFrom'),
  episodes: reads.db.all('SELECT effFrom, effTo, link, nominal, team, startOn, earlierStartOn, startedBy, circulated FROM episode_rect WHERE recTo = 9007199254740991 ORDER BY link, effFrom'),
  crimes: reads.db.all('SELECT crime, effFrom, reference FROM investigation_crime WHERE recTo = 9007199254740991 ORDER BY crime'),
});

describe('the read model of investigations, over random histories', () => {
  it('is the same when what is remembered of the stream is dropped at any time', () => {
    fc.assert(fc.property(history, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (written, drops) => {
      const events = notes.recordCase(written);
      const reads = new MemoryReads(investigationProjections);
      events.forEach((event, i) => {
        if (drops[i]) reads.forget(event.stream, events.slice(0, i));
        reads.apply(event);
      });
      expect(tables(reads)).toEqual(tables(live(events)));
    }), { numRuns: 500, seed });
  });

  it('comes to the same present state in whatever order the same facts were recorded', () => {
    fc.assert(fc.property(history, fc.infiniteStream(fc.nat()), (written, chance) => {
      const dated = notes.recordCase(written).filter(({ metadata }) => metadata.effectiveAt.precision !== 'unknown');
      const settled = effectiveHistory(dated).map((event) => ({ ...event, metadata: { ...event.metadata, corrects: undefined } })) as CaseEvent[];
      const distinct = settled.filter((event, i) => i === 0 || effectiveStart(event) !== effectiveStart(settled[i - 1]!));
      const order = distinct.map((event) => [chance.next().value as number, event] as const).sort((a, b) => a[0] - b[0]).map(([, event]) => event);
      const number = (events: readonly CaseEvent[]): CaseEvent[] => events.map((event, i) => ({ ...event, revision: i, number: i }));
      expect(present(live(number(order)))).toEqual(present(live(number(distinct))));
    }), { numRuns: 500, seed });
  });

  it('stands, on long cases with facts recorded late, as it would be drawn from the beginning', () => {
    fc.assert(fc.property(historyOf({ minLength: 40, maxLength: 90, size: 'max' }), fc.nat(), (written, at) => {
      const events = notes.recordCase(written);
      const held = events.slice(0, events.length - (at % 30));
      const { track, episodes } = timelineOf(held);
      const standing = live(held);
      const rect = (table: string, more: string) => standing.db.all(`SELECT ${more} effFrom AS "from", effTo AS "to" FROM ${table} WHERE recTo = 9007199254740991 ORDER BY ${more} effFrom`);
      if (track.length > 0) expect(rect('investigation_rect', '')).toEqual(track.flatMap(({ start, end, facts }) => (facts ? [{ from: start, to: end }] : [])));
      expect(rect('episode_rect', 'link,')).toEqual([...episodes].sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([link, pieces]) => pieces.flatMap(({ start, end, facts }) => (facts ? [{ link, from: start, to: end }] : []))));
    }), { numRuns: 300, seed });
  });

  it('answers every pair of moments as a model that folds the recorded prefix again', () => {
    fc.assert(fc.property(history, (written) => {
      const events = notes.recordCase(written, { from: 100 });
      const reads = live(events);
      for (let recorded = 100; recorded < 100 + events.length; recorded++) {
        const prefix = events.filter(({ number }) => number <= recorded);
        for (const effective of moments(events)) expect(rectanglesAt(reads, effective, recorded)).toEqual(modelAt(prefix, effective));
      }
    }), { numRuns: 1000, seed });
  });
});

const moments = (events: readonly CaseEvent[]): number[] => [...new Set(events.map(effectiveStart))].flatMap((ms) => [ms - 1, ms]);

const rectanglesAt = (reads: MemoryReads, effective: number, recorded: number) => {
  const covering = 'effFrom <= ? AND effTo > ? AND recFrom <= ? AND recTo > ?';
  const moment = [effective, effective, recorded, recorded];
  const cases = reads.db.all<Record<string, unknown>>(`SELECT status, team, supervisor, operations, sensitivity, liveSuspects AS live, namedSuspects AS named, outstandingSuspects AS outstanding, oldestOpenEpisodeOn AS oldest FROM investigation_rect WHERE status <> 'NONE' AND ${covering}`, ...moment);
  const episodes = reads.db.all<Record<string, unknown>>(`SELECT link, nominal, startOn, earlierStartOn, startedBy FROM episode_rect WHERE ${covering} ORDER BY link`, ...moment);
  return { cases, episodes };
};
