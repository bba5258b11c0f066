import type { UserRole } from '#contexts/oversight';
import type { InventedUser } from '#platform/sign-in';

const force = 'South Yorkshire Police';

const user = (id: string, name: string, role: UserRole, team?: string, agency = force): InventedUser => ({ id, name, role, agency, ...(team === undefined ? {} : { team }) });

/** Who may be chosen at sign-in to sample and trial folders. Nobody of them exists; detectives and sergeants stand on cases of the sample. */
export const inventedUsers: readonly InventedUser[] = [
  user('DC 2274', 'Imre Fallowby', 'DETECTIVE', 'Evolve (multi-agency CSE)'),
  user('DC 2235', 'Tamsin Ockwell', 'DETECTIVE', 'Rotherham CID'),
  user('DS 2393', 'Odile Brackenridge', 'SUPERVISOR', 'Evolve (multi-agency CSE)'),
  user('DS 2256', 'Corin Hatherleigh', 'SUPERVISOR', 'Rotherham CID'),
  user('SYP 7101', 'Perpetua Lindqvale', 'ANALYST'),
  user('SYP 7210', 'Jorah Wetherden', 'INTEL_UNIT', 'Force intelligence unit'),
  user('SYP 7320', 'Ansel Quillfeather', 'SOURCE_UNIT', 'Dedicated source unit'),
  user('SYP 7401', 'Briony Marchbanks-Oe', 'DISCLOSURE_OFFICER', 'Disclosure unit'),
  user('SYP 7402', 'Lorcan Pevensmith', 'DISCLOSURE_OFFICER', 'Disclosure unit'),
  user('SYP 7510', 'Hester Arkengarth', 'AUDITOR'),
  user('SYP 7610', 'Matthias Dovercombe', 'PROFESSIONAL_STANDARDS', 'Professional standards department'),
  user('RMBC 310', 'Ottoline Sprackley', 'PARTNER', undefined, 'Rotherham Metropolitan Borough Council'),
  user('SYP 7900', 'Gethin Umberslade', 'ADMIN'),
];
