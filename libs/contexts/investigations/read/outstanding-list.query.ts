import { dateOfDay } from '#kernel';
import type { InvestigationId, LinkId, NominalId } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import type { OutstandingSuspectItem, Page } from './answers';
import type { Place } from './cursor';
import { referenceOf } from './investigation-items';
import { inBandNamed } from './investigation-list.query';
import { pageOf } from './pages';
import type { Keyed, ListQuery, PageAsked } from './pages';
import { allOf, covering, onGround } from './question';
import type { Ground, Moment } from './question';

interface EpisodeRow extends Keyed {
  readonly opener: number;
  readonly link: LinkId;
  readonly nominal: NominalId | null;
  readonly area: string;
  readonly team: string | null;
  readonly startOn: number;
  readonly earlierStartOn: number | null;
  readonly startedBy: string;
  readonly circulated: number;
}

const COLUMNS = 'opener, link, nominal, area, team, startOn, earlierStartOn, startedBy, circulated';

const caseOf = (db: ReadDatabase, opener: number, moment: Moment): { investigation: InvestigationId; officer: string | null } => {
  const { sql, values } = covering(moment);
  return db.get(
    `SELECT investigation.investigation, officer FROM investigation_rect JOIN investigation USING (opener) WHERE opener = ? AND ${sql}`, opener, ...values,
  )!;
};

const present = (db: ReadDatabase, moment: Moment) => (rows: readonly EpisodeRow[]): OutstandingSuspectItem[] =>
  rows.map(({ opener, link, nominal, area, team, startOn, earlierStartOn, startedBy, circulated }) => {
    const { investigation, officer } = caseOf(db, opener, moment);
    return {
      investigationId: investigation, reference: referenceOf(opener), linkId: link, nominalId: nominal, area, team, officer, quality: 'NAMED',
      episodeStartedOn: dateOfDay(startOn), earlierStartOn: earlierStartOn === null ? null : dateOfDay(earlierStartOn), startedBy,
      circulated: circulated === 1, waitDays: Math.max(0, moment.today - startOn),
    };
  });

const queryOf = (wait: string | undefined, ground: Ground, moment: Moment): ListQuery => ({
  name: JSON.stringify(['outstanding suspects', ground.visible.key, ground.area, ground.themes, ground.team, wait]),
  from: 'episode_rect',
  identity: 'opener, link, recFrom, effFrom',
  where: allOf(covering(moment), onGround(ground), inBandNamed('startOn', wait, moment.today)),
  key: 'startOn',
  tie: 'link',
});

/** The name that binds a cursor to this list. @throws MalformedError on `wait` */
export const outstandingNameOf = (wait: string | undefined, ground: Ground, moment: Moment): string => queryOf(wait, ground, moment).name;

/** One page of outstanding suspects, the longest-waiting first. @throws MalformedError on `wait` or the page */
export const listOutstanding = (
  db: ReadDatabase, wait: string | undefined, ground: Ground, asked: PageAsked & { readonly place?: Place }, moment: Moment,
): Page<OutstandingSuspectItem> => pageOf<EpisodeRow, OutstandingSuspectItem>(db, queryOf(wait, ground, moment), COLUMNS, asked, moment, present(db, moment));

/** Every outstanding suspect of one investigation, the longest-waiting first. */
export const outstandingOnCase = (db: ReadDatabase, investigationId: InvestigationId, moment: Moment): readonly OutstandingSuspectItem[] => {
  const { sql, values } = covering(moment);
  return present(db, moment)(db.all<EpisodeRow>(
    `SELECT ${COLUMNS} FROM episode_rect WHERE opener = (SELECT opener FROM investigation WHERE investigation = ?) AND ${sql} ORDER BY startOn, link`,
    investigationId, ...values,
  ));
};
