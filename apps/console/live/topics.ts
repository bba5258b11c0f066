import type { InvestigationId } from '#kernel';
import { MalformedError } from '#kernel';

/** What a page shows of the ledger, and up to which event. */
export interface Topic {
  /** As the page names it. */
  readonly name: string;
  readonly kind: 'figures' | 'list' | 'record';
  /** Of the record alone. */
  readonly id?: InvestigationId;
  /** Number of the last event that the page shows. */
  readonly since: number;
}

/** Pages of one browser that are looked at at one time. */
const MOST = 20;

const TOPIC = /^(figures|list|record:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))@(-1|\d{1,15})$/;

const topicOf = (text: string): Topic => {
  const [, name, id, since] = TOPIC.exec(text) ?? [];
  if (name === undefined) throw new MalformedError('topic', 'must be figures, list or record:ID, with @ and an event number');
  return id === undefined ? { name, kind: name as 'figures' | 'list', since: Number(since) } : { name, kind: 'record', id: id as InvestigationId, since: Number(since) };
};

/** The name of one investigation's pages. */
export const recordTopic = (id: InvestigationId): string => `record:${id}`;

/** @throws MalformedError when there is none, one too many, or one that cannot be read */
export const topicsOf = (texts: readonly string[]): readonly Topic[] => {
  if (texts.length === 0 || texts.length > MOST) throw new MalformedError('topic', `must be given, at most ${MOST} times`);
  return [...new Set(texts)].map(topicOf);
};
