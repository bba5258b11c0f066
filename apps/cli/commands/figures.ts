import type { Command } from 'commander';
import { msOf } from '#kernel';
import { exploitationTypes } from '#contexts/investigations';
import type { ExploitationType, Figures } from '#contexts/investigations';
import { counted, formatMoment, formatNumber, themeWords } from '../../console';
import { accountOf } from '../account';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { asAtOf, settled } from '../moments';
import type { MomentOptions } from '../moments';

interface FigureOptions extends MomentOptions {
  readonly area?: string;
  readonly theme?: string;
  readonly team?: string;
  readonly json?: true;
}

const themeOf = (text: string | undefined): ExploitationType | undefined => {
  if (text === undefined) return undefined;
  const theme = exploitationTypes.find((each) => each === text.toUpperCase());
  if (!theme) throw new ExitError(exits.usage, `--theme must be one of ${exploitationTypes.join(', ')}`);
  return theme;
};

const count = (value: number): string => formatNumber(value).padStart(10);

const groundOf = ({ area, theme, team }: Figures): string =>
  [area.name === 'all' ? 'All areas' : area.name, ...(theme ? [themeWords[theme as ExploitationType]] : []), ...(team ? [team] : [])].join(', ');

/** The figures as people read them; moments are Europe/London. */
export const figuresInWords = (figures: Figures): string => {
  const { effectiveAt, recordedAt, number, incomplete, investigations, suspectLinks, people, bands } = figures;
  return [
    groundOf(figures),
    `As at ${formatMoment(msOf(effectiveAt))}, as recorded by ${formatMoment(msOf(recordedAt))}. ${number < 0 ? 'No event had been recorded.' : `Counted to event ${formatNumber(number)}.`}`,
    `${count(investigations.active)}  active investigations`,
    `${count(investigations.noSuspectIdentified)}  of them with no suspect identified`,
    `${count(investigations.suspectOutstanding)}  of them with a suspect outstanding`,
    `${count(investigations.suspectOutstandingOverThreshold)}  of these with a suspect outstanding over 12 weeks (84 days)`,
    ...bands.map(({ from, to, investigations: n }) => `${count(n)}    longest wait ${to === null ? `${from} days or more` : `${from} to ${to} days`}`),
    `${count(suspectLinks.outstanding)}  suspect links outstanding, ${formatNumber(suspectLinks.overThreshold)} over 12 weeks; ${counted(people.outstanding, 'person', 'people')}`,
    ...(incomplete > 0 ? [`Incomplete: ${counted(incomplete, 'record')} could not be read`] : []),
  ].join('\n');
};

/** `daybook figures` */
export const figures = (program: Command, context: CommandContext): void => {
  program.command('figures').summary('the headline figures, now or at any past moment')
    .description('Counts active investigations, those with no suspect identified and those with a suspect outstanding, of what this account may know of.')
    .option('--area <name>', 'district by name or code, or all (default: the home area)')
    .option('--theme <type>', 'kind of exploitation, such as CSE')
    .option('--team <name>', 'team that owns the investigation')
    .option('--effective-at <moment>', 'what had happened by then: 2019-12-31T17:00, 2019-12-31 or 2019-12 (default: now)')
    .option('--recorded-at <moment>', 'what the ledger held by then (default: now)')
    .option('--json', 'the body that /api/v1/figures answers')
    .action(async ({ area, theme, team, json, ...moments }: FigureOptions) => {
      const daybook = await context.daybook();
      const { access, moments: recorded, clock, homeArea } = daybook;
      const reader = accountOf(daybook);
      if (!access.may(reader, 'seeFigures')) throw new ExitError(exits.refused, 'this account may not see figures');
      const scope = { area: area ?? homeArea, theme: themeOf(theme), team };
      const asAt = await settled(asAtOf(moments, clock), recorded);
      const answer = access.seenBy(reader).queries.figures(scope, asAt);
      context.output.out(`${json ? JSON.stringify(answer, null, 2) : figuresInWords(answer)}\n`);
    });
};
