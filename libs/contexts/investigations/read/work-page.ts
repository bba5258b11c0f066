import { MalformedError } from '#kernel';
import type { WorkItem } from './work-items.query';

/** Some of what waits. */
export interface WorkPage {
  readonly items: readonly WorkItem[];
  /** Of all pages together. */
  readonly total: number;
  /** Cursor of the page that follows; absent on the last. */
  readonly next?: string;
}

const PLACE = /^(\d{4}-\d{2}-\d{2}) (\d{1,15})$/;

const isAfter = (cursor: string | undefined): ((item: WorkItem) => boolean) => {
  if (cursor === undefined) return () => true;
  const [, day, number] = PLACE.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (day === undefined) throw new MalformedError('cursor', 'must be the cursor of an earlier answer');
  return ({ dueOn, number: other }) => dueOn > day || (dueOn === day && other > Number(number));
};

/** A page of a work-list, from where the one before ended. @throws MalformedError on `cursor` */
export const workPage = (list: readonly WorkItem[], limit: number, cursor?: string): WorkPage => {
  const rest = list.filter(isAfter(cursor));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, total: list.length, ...(rest.length > limit && last && { next: Buffer.from(`${last.dueOn} ${last.number}`).toString('base64url') }) };
};
