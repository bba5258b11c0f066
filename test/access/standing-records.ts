import { expectedPlain, sensitivities } from './oracle';
import type { Relation, Role, Sensitivity, Standing } from './oracle';
import type { SignedIn } from './signed-in';

const RECORDER = 'DS 2393';
/** Opens every restricted record in an emergency. */
const EMERGENCY = 'DC 2274';
/** A user, their role and team. */
export type Who = readonly [user: string, role: Role, team: string | undefined];
/** One invented user of each role. */
export const officers: readonly Who[] = [
  ['SYP 7101', 'ANALYST', undefined], ['DC 2235', 'DETECTIVE', 'Rotherham CID'], ['DS 2256', 'SUPERVISOR', 'Rotherham CID'], ['SYP 7210', 'INTEL_UNIT', 'Force intelligence unit'],
  ['SYP 7320', 'SOURCE_UNIT', 'Dedicated source unit'], ['SYP 7401', 'DISCLOSURE_OFFICER', 'Disclosure unit'], ['SYP 7510', 'AUDITOR', undefined],
  ['SYP 7610', 'PROFESSIONAL_STANDARDS', 'Professional standards department'], ['RMBC 310', 'PARTNER', undefined], ['SYP 7900', 'ADMIN', undefined],
];

/** A record, and how one user stands to it; without a user, how everybody does. */
export interface Made {
  readonly sensitivity: Sensitivity;
  readonly relation?: Relation;
  readonly user?: string;
  readonly unowned: boolean;
  readonly id: string;
  readonly number: number;
  readonly linkId: string;
  readonly person: { readonly id: string; readonly number: number };
  readonly operation?: string;
  /** A use of the break-glass on it. */
  readonly broken?: string;
  /** A grant on its access list. */
  readonly grant?: string;
}

export const standingOf = ({ relation, unowned }: Made): Standing => ({ relations: new Set(relation ? [relation] : []), unowned });

/** The operation whose access list the user stands on. */
export const operationOf = (user: string): string => `CLOVER ${user}`;

interface Held {
  readonly officer?: string;
  readonly supervisor?: string;
  readonly team?: string;
}

const day = (from: string) => ({ effectiveAt: { precision: 'day', from } });

/** Makes the records: of each sensitivity two to which nobody of them stands, and for each user one of each relation. */
class Recording {
  readonly made: Made[] = [];

  constructor(private readonly desk: SignedIn) {}

  /** One of a sensitivity for everybody, with an owner and without. */
  async ofNobody(sensitivity: Sensitivity): Promise<void> {
    const unowned = await this.listed(await this.classified(await this.opened(RECORDER, { sensitivity })));
    this.made.push(unowned, await this.owned(sensitivity, {}));
  }

  async ofUser(sensitivity: Sensitivity, [user, role, team]: Who): Promise<void> {
    const as = (relation: Relation): Partial<Made> => ({ user, relation });
    this.made.push(await this.owned(sensitivity, { officer: user }, as('officer')), await this.owned(sensitivity, { supervisor: user }, as('supervisor')));
    if (team !== undefined) this.made.push(await this.owned(sensitivity, { team }, as('team')));
    if (expectedPlain('open', role) === 'PERMIT') this.made.push(await this.classified(await this.opened(user, { sensitivity, ...as('opener') })));
    const granted = await this.owned(sensitivity, {}, as('granted'));
    await this.act(granted, 'access-grants', { user, basis: 'Needs it.' });
    this.made.push(granted, await this.owned(sensitivity, {}, { ...as('member'), operation: operationOf(user) }));
  }

  private async opened(by: string, more: Partial<Made> & Pick<Made, 'sensitivity'>): Promise<Made> {
    const { id } = (await this.desk.done(by, '/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], ...day('2019-03-01') })) as { id: string };
    const number = (await this.desk.events()) - 1;
    const person = (await this.desk.done(by, '/api/v1/people', { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' })) as { id: string };
    const named = { id: person.id, number: (await this.desk.events()) - 1 };
    const link = (await this.desk.done(by, `/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person.id, ...day('2019-03-01') })) as { id: string };
    return { unowned: true, ...more, id, number, linkId: link.id, person: named };
  }

  private act(one: Made, path: string, body: object): Promise<unknown> {
    return this.desk.done(RECORDER, `/api/v1/investigations/${one.id}/${path}`, body);
  }

  private async listed(one: Made): Promise<Made> {
    const { id } = (await this.act(one, 'access-grants', { user: 'DC 8888', basis: 'Needs it.' })) as { id: string };
    return { ...one, grant: id };
  }

  private async classified(one: Made): Promise<Made> {
    if (one.sensitivity === 'STANDARD') return one;
    await this.act(one, 'sensitivity', { sensitivity: one.sensitivity, basis: 'Assessed.', ...day('2019-03-03') });
    if (one.sensitivity !== 'RESTRICTED') return one;
    const broken = (await this.desk.done(EMERGENCY, `/api/v1/investigations/${one.id}/break-glass`, { basis: 'At once.' })) as { id: string };
    return { ...one, broken: broken.id };
  }

  private async owned(sensitivity: Sensitivity, held: Held, more: Partial<Made> = {}): Promise<Made> {
    const one = await this.opened(RECORDER, { sensitivity, unowned: false, ...more });
    await this.act(one, 'allocation', { officer: 'DC 9999', team: 'Blue', ...held, ...day('2019-03-02') });
    if (one.operation) await this.act(one, 'operations', { operation: one.operation, ...day('2019-03-02') });
    return this.listed(await this.classified(one));
  }
}

/** Records to which each user stands in each way there is, of each sensitivity; settles when the pages hold them. */
export const makeRecords = async (desk: SignedIn): Promise<readonly Made[]> => {
  const recording = new Recording(desk);
  for (const sensitivity of sensitivities) {
    await recording.ofNobody(sensitivity);
    for (const who of officers) await recording.ofUser(sensitivity, who);
  }
  await desk.settle();
  for (const [user] of officers) await desk.done(RECORDER, `/api/v1/operations/${encodeURIComponent(operationOf(user))}/access-grants`, { user, basis: 'Needs it.' });
  await desk.settle();
  return recording.made;
};
