import { SAMPLE_END, TAKE_ON_DAY } from './calendar';
import { writeAccess } from './access-script';
import type { AccessOrder } from './access-script';
import type { CasePlan } from './case-plan';
import { writeCase } from './case-script';
import type { InvestigationOrder } from './scene';
import type { Entry } from './case-writer';
import { writeEscalations } from './escalation-script';
import { bendToBands, shareSuspects } from './last-day';
import { Officers } from './officers';
import { People } from './people';
import type { NominalOrder } from './people';
import { Random } from './random';
import { Stock } from './stock';
import { districts } from './tables';

/** The sample by name, with its now (ms). */
export const rotherham2019 = { name: 'rotherham-2019', end: SAMPLE_END } as const;

export type SampleEntry = Entry<InvestigationOrder | NominalOrder | AccessOrder>;

const SEED = 20_191_231;
/** Two in the morning after New Year's Day: the old system's open cases come over in one go. */
const TAKE_ON = (TAKE_ON_DAY + 1) * 86_400_000 + 2 * 3_600_000;
/** Between two cases of the take-on, ms. */
const TAKE_ON_STEP = 9_000;

const planAll = (random: Random): readonly CasePlan[] => {
  let [cases, people] = [0, 0];
  // One suspect in eleven is somebody already known.
  const person = (): number => (people > 300 && random.chance(0.09) ? random.int(Math.floor(people / 2), people - 1) : people++);
  return districts.flatMap((district, index) => {
    const { plans } = new Stock(district, random, () => cases++, person);
    bendToBands(district, plans, random);
    shareSuspects(plans, index === 0 ? 6 : 1, random);
    return plans;
  });
};

/** Every command of the sample in the order of recording, no two at the same instant. Pure: the same on every machine. */
export const sampleEntries = (): SampleEntry[] => {
  const random = new Random(SEED);
  const [officers, people] = [new Officers(random), new People(random)];
  const cases = planAll(random).map((plan, i) => ({ plan, writer: writeCase(plan, officers, people, random, TAKE_ON + i * TAKE_ON_STEP) }));
  const access = writeAccess(cases, random);
  writeEscalations(cases);
  const entries: SampleEntry[] = [...cases.map(({ writer }) => writer), ...people.write(), ...access].flatMap((writer): readonly SampleEntry[] => writer.entries);
  entries.sort((a, b) => a.recorded - b.recorded);
  let last = -Infinity;
  for (const entry of entries) entry.recorded = last = Math.max(last + 1, entry.recorded);
  return entries;
};
