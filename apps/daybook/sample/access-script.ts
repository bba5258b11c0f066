import { dateOfDay } from '#kernel';
import type { Actor, InvestigationId, OfficerId } from '#kernel';
import type { accessList } from '#contexts/oversight';
import type { Grantee } from '#contexts/oversight';
import { idFrom } from '#platform/event-store';
import { LAST_DAY, SAMPLE_END } from './calendar';
import { isActive } from './case-plan';
import type { CasePlan } from './case-plan';
import { StreamWriter } from './case-writer';
import type { Order } from './case-writer';
import type { Random } from './random';
import type { InvestigationOrder } from './scene';
import { sensitivityOf } from './shield-script';

type AccessCommand = Parameters<typeof accessList.decide>[0];
export type AccessOrder = Order<AccessCommand>;

/** A case of the sample with what was recorded of it. */
export interface WrittenCase {
  readonly plan: CasePlan;
  readonly writer: StreamWriter<InvestigationOrder>;
}

const PARTNER = 'Rotherham Metropolitan Borough Council';
const MULTI_AGENCY = 'Evolve (multi-agency CSE)';
/** Cases that the partner sees. */
const SHARED = 3;
/** Of the invented users: on no case of the team that is asked about. */
const HELPER = 'DC 2235' as OfficerId;
const MINUTE = 60_000;

interface Given {
  readonly to: Grantee;
  readonly basis: string;
  readonly agreement?: string;
}

const toPartner: Given = { to: { kind: 'AGENCY', agency: PARTNER }, basis: 'The council works on the case in the multi-agency team.', agreement: 'ISA-RMBC-2018-07' };
const toHelper: Given = { to: { kind: 'USER', id: HELPER }, basis: 'Traces the phones of the enquiry.' };

/** Who supervises the case, as it was last allocated. */
const supervisorOf = ({ writer }: WrittenCase): OfficerId | undefined =>
  writer.entries.flatMap(({ command }) => (command.type === 'AllocateInvestigation' || command.type === 'ReallocateInvestigation' ? [command.data.supervisor] : [])).at(-1);

const grantOn = (written: WrittenCase, { to, basis, agreement }: Given, recorded: number, random: Random): StreamWriter<AccessOrder> => {
  const { stream, entries } = written.writer;
  const investigationId = stream.slice('investigation-'.length) as InvestigationId;
  const actor: Actor = { ...entries[0]!.actor, id: supervisorOf(written)!, role: 'SUPERVISOR' };
  const writer = new StreamWriter<AccessOrder>(`accessList-${investigationId}`, random, actor, recorded);
  const grantId = idFrom(writer.nextCommandId, 'grant');
  writer.record({
    type: 'GrantAccess',
    data: { on: { kind: 'INVESTIGATION', investigationId }, grantId, to, from: dateOfDay(LAST_DAY), basis: writer.text('data.basis', basis), ...(agreement !== undefined && { agreement }) },
  }, { at: recorded, recorded });
  return writer;
};

/** Puts a partner agency on the access list of a few cases, and a detective on that of one that not everybody may read: the last entries of the sample. */
export const writeAccess = (cases: readonly WrittenCase[], random: Random): readonly StreamWriter<AccessOrder>[] => {
  const inRotherham = cases.filter((each) => isActive(each.plan) && each.plan.district.area === 'Rotherham' && supervisorOf(each) !== undefined);
  const shared = inRotherham.filter(({ plan, writer }) => sensitivityOf(plan) === 'STANDARD' && plan.suspects.length > 0 && writer.entries[0]!.actor.team === MULTI_AGENCY).slice(-SHARED);
  const restricted = inRotherham.filter(({ plan, writer }) => sensitivityOf(plan) === 'RESTRICTED' && writer.entries[0]!.actor.id !== HELPER).slice(-1);
  const given = [...shared.map((each) => [each, toPartner] as const), ...restricted.map((each) => [each, toHelper] as const)];
  return given.map(([each, grant], i) => grantOn(each, grant, SAMPLE_END - (given.length - i) * MINUTE, random));
};
