import { MalformedError } from '#kernel';
import type { RetentionItem } from './retention.query';

/** Some of the reviews that are due. */
export interface RetentionPage {
  readonly items: readonly RetentionItem[];
  /** Of all pages together. */
  readonly total: number;
  /** Cursor of the page that follows; absent on the last. */
  readonly next?: string;
}

const placeOf = ({ nextReviewOn, nominalId }: RetentionItem): string => `${nextReviewOn} ${nominalId}`;

const PLACE = /^\d{4}-\d{2}-\d{2} [0-9a-f-]{36}$/;

const after = (cursor: string | undefined): string => {
  if (cursor === undefined) return '';
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!PLACE.test(place)) throw new MalformedError('cursor', 'must be the cursor of an earlier answer');
  return place;
};

/** A page of reviews in the order of their days, from where the one before ended. @throws MalformedError on `cursor` */
export const retentionPage = (due: readonly RetentionItem[], limit: number, cursor?: string): RetentionPage => {
  const rest = due.filter((item) => placeOf(item) > after(cursor));
  const items = rest.slice(0, limit);
  return { items, total: due.length, ...(rest.length > limit && { next: Buffer.from(placeOf(items.at(-1)!)).toString('base64url') }) };
};
