/** Somebody who does not exist, and signs in by choice alone. */
export interface InventedUser {
  /** Collar number or the like, as events carry it. */
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly agency: string;
  readonly team?: string;
}

/** What the identity provider says of an invented user, in id tokens and access tokens alike. */
export const claimsOfUser = ({ id, name, role, agency, team }: InventedUser) => ({ sub: id, name, role, agency, ...(team === undefined ? {} : { team }) });

/** How an invented user is said to have proved who they are. */
export const PROOF = { acr: 'invented', amr: ['pwd', 'mfa'] } as const;

/** The mapping that fits invented users, as its file would be written. */
export const inventedMapping = (users: readonly InventedUser[]) => ({
  claims: { id: 'sub', name: 'name' },
  multiFactor: { acr: [], amr: ['mfa'] },
  requireMultiFactor: true,
  rules: [{ when: { role: [...new Set(users.map(({ role }) => role))] }, role: { claim: 'role' }, agency: { claim: 'agency' }, team: { claim: 'team' } }],
});
