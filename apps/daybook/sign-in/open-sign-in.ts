import { userRoles } from '#contexts/oversight';
import type { UserRole } from '#contexts/oversight';
import type { Reader } from '#platform/access';
import type { Folder } from '#platform/folder';
import type { Postgres } from '#platform/postgres';
import type { Settings } from '#platform/settings';
import { openPostgresSessions, openSignIn, postgresPending } from '#platform/sign-in';
import type { SignIn } from '#platform/sign-in';
import { inventedUsers } from './invented-users';

const SYSTEM: UserRole = 'SYSTEM';
/** Whoever is the program answers for nothing that they look at: nobody in front of a browser is, whatever an identity provider says. */
const peoplesRoles = userRoles.filter((role) => role !== SYSTEM);

/** Sign-in for a folder, with its sessions in PostgreSQL where it has one; with its own identity provider over sample and trial folders, unless the force's is set; never over a live one. */
export const signInFor = async (folder: Folder, { signIn, listen, port }: Settings, state?: Postgres): Promise<SignIn> =>
  openSignIn({ ...signIn, ...(state ? { sessions: await openPostgresSessions(state), pending: postgresPending(state) } : {}), listen, port, keysFolder: folder.keys, roles: peoplesRoles, accountRoles: userRoles, ...(folder.kind === 'live' ? {} : { users: inventedUsers }) });

/** Who runs the command line: whom the mapping names for the account, and over sample and trial folders whoever it is. */
export const accountFor = (folder: Folder, { user }: Settings, signIn: SignIn): Reader | undefined => {
  const mapped = signIn.account(user);
  if (mapped || folder.kind === 'live') return mapped;
  return { kind: 'system', id: user, name: user, role: SYSTEM, agency: 'Daybook', multiFactor: false, provedAt: 0 };
};
