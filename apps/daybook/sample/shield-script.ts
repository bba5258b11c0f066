import type { Sensitivity } from '#contexts/investigations';
import { LAST_DAY } from './calendar';
import { isActive } from './case-plan';
import type { CasePlan } from './case-plan';
import { DAY } from './scene';
import type { Scene } from './scene';

const HOUR = 3_600_000;

/** A few cases that not everybody may read, and elsewhere a few that hardly anybody may know of; none of these is in the home area, whose figures everybody knows. */
export const sensitivityOf = (plan: CasePlan): Sensitivity => {
  const { serial, district: { area }, matter: { themes } } = plan;
  if (!isActive(plan) || themes.length === 0) return 'STANDARD';
  if (area === 'Rotherham') return serial % 97 === 0 ? 'RESTRICTED' : 'STANDARD';
  return area === 'Sheffield' && serial % 13 === 0 ? 'SENSITIVE' : 'STANDARD';
};

/** Says how sensitive the case is, on a morning in December, where it is not like all others. */
export const writeShield = ({ plan, writer }: Scene): void => {
  const sensitivity = sensitivityOf(plan);
  if (sensitivity === 'STANDARD') return;
  const at = (LAST_DAY - 12) * DAY + 10 * HOUR + plan.serial * 1_000;
  writer.record({ type: 'ReassessSensitivity', data: { sensitivity, basis: writer.text('data.basis', 'Risk to a person who helps the enquiry.') } }, { at, recorded: at });
};
