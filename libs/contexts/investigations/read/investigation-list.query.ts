import { MalformedError } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import type { InvestigationFilter, InvestigationItem, Page } from './answers';
import { bandNamed, startsInBand } from './bands';
import type { Place } from './cursor';
import { caseColumns, itemsOf } from './investigation-items';
import type { CaseItemRow } from './investigation-items';
import { pageOf } from './pages';
import type { Keyed, ListQuery, PageAsked } from './pages';
import { allOf, covering, onGround } from './question';
import type { Condition, Ground, Moment } from './question';

const ofStatus: Record<NonNullable<InvestigationFilter['status']>, string> = {
  active: 'active = 1',
  finalised: "active = 0 AND status = 'FINALISED'",
  transferred: "active = 0 AND status = 'TRANSFERRED'",
  cancelled: "active = 0 AND status = 'CANCELLED'",
  // One whose opening was voided has no area; asking that instead of its status spares reading its row.
  all: "active IN (0, 1) AND area > ''",
};

const ofSuspect: Record<NonNullable<InvestigationFilter['suspect']>, string> = {
  none: 'active = 1 AND namedSuspects = 0',
  outstanding: 'active = 1 AND oldestOpenEpisodeOn IS NOT NULL',
};

/** Starts (column `column`) in the band of this name. @throws MalformedError on `wait` */
export const inBandNamed = (column: string, wait: string | undefined, today: number): Condition => {
  if (wait === undefined) return { sql: '1', values: [] };
  const band = bandNamed(wait);
  if (band < 0) throw new MalformedError('wait', 'must be 0-28, 29-56, 57-84 or 85+');
  const { earliest, latest } = startsInBand(band, today);
  return { sql: `${column} BETWEEN ? AND ?`, values: [earliest, latest] };
};

const named = <K extends string>(choices: Record<K, string>, choice: K, field: string): string => {
  if (!Object.hasOwn(choices, choice)) throw new MalformedError(field, `must be one of ${Object.keys(choices).join(', ')}`);
  return choices[choice];
};

// Rising order of these is the order of the list; an investigation without an outstanding suspect comes last either way.
const sortKeys: Record<NonNullable<InvestigationFilter['sort']>, Record<'asc' | 'desc', string>> = {
  opened: { asc: 'openedAt', desc: '-openedAt' },
  reference: { asc: 'opener', desc: '-opener' },
  wait: { asc: 'coalesce(-oldestOpenEpisodeOn, 1000000000)', desc: 'coalesce(oldestOpenEpisodeOn, 1000000000)' },
};

const orderOf = ({ sort = 'opened', direction = 'desc' }: InvestigationFilter): Pick<ListQuery, 'key' | 'tie'> => {
  if (!Object.hasOwn(sortKeys, sort)) throw new MalformedError('sort', 'must be opened, reference or wait');
  if (direction !== 'asc' && direction !== 'desc') throw new MalformedError('direction', 'must be asc or desc');
  return { key: sortKeys[sort][direction], tie: direction === 'asc' ? 'opener' : '-opener' };
};

const queryOf = (filter: InvestigationFilter, ground: Ground, moment: Moment): ListQuery => {
  const { status = 'active', suspect, wait, kind, sort = 'opened', direction = 'desc' } = filter;
  const where = allOf(
    covering(moment), onGround(ground),
    { sql: named(ofStatus, status, 'status'), values: [] },
    { sql: suspect === undefined ? '1' : named(ofSuspect, suspect, 'suspect'), values: [] },
    inBandNamed('oldestOpenEpisodeOn', wait, moment.today),
    kind === undefined ? { sql: '1', values: [] } : { sql: 'kind = ?', values: [kind] },
  );
  const name = JSON.stringify(['investigations', ground.visible.key, ground.area, ground.themes, ground.team, status, suspect, wait, kind, sort, direction]);
  return { name, from: 'investigation_rect', identity: 'opener, recFrom, effFrom', where, ...orderOf(filter) };
};

/** The name that binds a cursor to this list. @throws MalformedError on a field of the filter */
export const listNameOf = (filter: InvestigationFilter, ground: Ground, moment: Moment): string => queryOf(filter, ground, moment).name;

/** One page of investigations. @throws MalformedError on a field of the filter or the page */
export const listInvestigations = (
  db: ReadDatabase, filter: InvestigationFilter, ground: Ground, asked: PageAsked & { readonly place?: Place }, moment: Moment,
): Page<InvestigationItem> =>
  pageOf<CaseItemRow & Keyed, InvestigationItem>(db, queryOf(filter, ground, moment), caseColumns, asked, moment, itemsOf(db, moment));
