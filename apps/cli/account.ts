import type { Reader } from '#platform/access';
import type { Daybook } from '../daybook';
import { ExitError, exits } from './context';

type Owned = Pick<Daybook, 'account'>;

const refused = (sentence: string): ExitError => new ExitError(exits.refused, sentence);

/** Who the command line is: whoever shows or takes out records is somebody. @throws ExitError when the account is nobody */
export const accountOf = ({ account }: Owned): Reader => {
  if (!account) throw refused('this account of the operating system is nobody in this folder: name it under accounts in the file of DAYBOOK_ACCESS_FILE');
  return account;
};

/** Whether it is the program's own account, which does whatever a command does. */
export const isProgram = ({ role }: Reader): boolean => role === 'SYSTEM';

/** For commands that look after the folder and show no record. @throws ExitError for anybody else */
export const mustLookAfter = (daybook: Owned): Reader => {
  const reader = accountOf(daybook);
  if (!isProgram(reader) && reader.role !== 'ADMIN') throw refused('only the account of the program itself (SYSTEM) or of an administrator (ADMIN) may do this');
  return reader;
};
