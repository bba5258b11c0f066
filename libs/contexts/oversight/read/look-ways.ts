import type { ShownKind } from '../domain/consultation.events';

/** How a record came to be seen: its own page or answer was opened; it stood in a list or on the page of another record; it left the program. */
export type Way = 'OPENED' | 'LISTED' | 'TAKEN_OUT';

interface Look {
  readonly operation: string;
  readonly door: string;
  /** Pattern of the address, or name of the command. */
  readonly route: string;
}

const opens: Partial<Record<ShownKind, RegExp>> = {
  investigation: /^\/(api\/v1\/)?investigations\/:|^\/(break-glass|restricted|corrections|events|recorded)(\/|$)|^history$/,
  person: /^\/(api\/v1\/)?people\/:|^\/(events|recorded)\//,
};

/** How a look showed a record of this kind. */
export const wayOf = ({ operation, door, route }: Look, kind: ShownKind): Way => {
  if (operation === 'DISCLOSURE' || door === 'DOWNLOAD') return 'TAKEN_OUT';
  return opens[kind]?.test(route) ? 'OPENED' : 'LISTED';
};
