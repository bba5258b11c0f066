import { Option } from 'commander';
import type { Command } from 'commander';
import { accessReasons } from '../guard';
import type { AccessReason, AccessReasonCode } from '../guard';
import { ExitError, exits } from './context';

/** The options that say why a record is looked at. */
export interface ReasonOptions {
  readonly reason?: AccessReasonCode;
  readonly reasonWords?: string;
}

const MOST = 1_000;

/** Adds the options that say why a record is looked at. */
export const withReason = (command: Command): Command => command
  .addOption(new Option('--reason <code>', 'why you look; asked where the record is not your own').choices(accessReasons))
  .option('--reason-words <text>', 'the same in your words; asked with OTHER, and where the record is restricted or sensitive');

/** The reason that was given; undefined when none was. @throws ExitError when it is not whole */
export const givenReason = ({ reason: code, reasonWords }: ReasonOptions): AccessReason | undefined => {
  const words = reasonWords?.trim();
  if (words !== undefined && (words === '' || words.length > MOST)) throw new ExitError(exits.usage, `--reason-words must be 1 to ${MOST.toLocaleString('en-GB')} characters`);
  if (code === undefined && words !== undefined) throw new ExitError(exits.usage, '--reason-words stands beside a --reason');
  if (code === 'OTHER' && words === undefined) throw new ExitError(exits.usage, '--reason OTHER needs --reason-words');
  return code && { code, ...(words !== undefined && { words }) };
};

/** The reason, where one is asked. @throws ExitError when it is missing, or not in words where these are asked */
export const reasonFor = (needed: 'NONE' | 'CODED' | 'WORDS', options: ReasonOptions): AccessReason | undefined => {
  const given = givenReason(options);
  if (needed !== 'NONE' && !given) throw new ExitError(exits.refused, `say why you look at this record: --reason with one of ${accessReasons.join(', ')}`);
  if (needed === 'WORDS' && given?.words === undefined) throw new ExitError(exits.refused, 'this record is restricted or sensitive: say in words why you look at it (--reason-words)');
  return given;
};
