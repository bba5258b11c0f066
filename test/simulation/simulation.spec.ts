import { simulate } from './world';
import type { Outcome } from './world';

const soak = process.env.DAYBOOK_FAULTS === 'soak';
// A thousand short runs are what the usual test run has time for.
const [SEEDS, STEPS] = soak ? [100_000, 500] : [1_000, 200];
/** One in so many seeds is run a second time. */
const TWICE = 100;

const asked = process.env.DAYBOOK_SEED;
const first = asked === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
const seeds = asked === undefined ? SEEDS : 1;

describe('two programs over one log, with everything going wrong at once', () => {
  it(`lose nothing, double nothing, agree, and escalate each deadline once (${seeds} seeds of ${STEPS} steps)`, async () => {
    console.log(`seeds from ${first}; one seed is replayed with DAYBOOK_SEED`);
    const outcomes: Outcome[] = [];
    for (let i = 0; i < seeds; i++) {
      const outcome = await simulate(first + i, STEPS);
      outcomes.push(outcome);
      if (i % TWICE === 0) expect([first + i, (await simulate(first + i, STEPS)).digest]).toEqual([first + i, outcome.digest]);
    }
    const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
    console.log(`${seeds} seeds: ${sum(({ events }) => events)} events, ${sum(({ escalations }) => escalations)} of them escalations`);
    // A world in which nothing happens would keep every promise.
    if (seeds > 1) expect([sum(({ events }) => events) > seeds * 10, sum(({ escalations }) => escalations) > seeds]).toEqual([true, true]);
  }, 24 * 3_600_000);
});
