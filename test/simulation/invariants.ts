import { dateOfDay, intervalOf, isLedgerStream, londonDay, placedHistory } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { investigationProjections, reviewDueOn, THRESHOLD_DAYS } from '#contexts/investigations';
import type { InvestigationEvent } from '#contexts/investigations';
import { comparePositions, START } from '#platform/event-store';
import type { EventStore, Receipt, StoredEvent } from '#platform/event-store';
import { codec } from '../../apps/daybook/codec';
import { reviewPeriodOf } from '../../libs/contexts/investigations/domain/case-review';
import { evolveCase, openCase } from '../../libs/contexts/investigations/domain/case-state';
import { buildInBulk } from '../../libs/platform/read-store/bulk-build';
import { digestOf } from '../../libs/platform/read-store/digest';
import { emptyReads, intervals } from './app-node';
import type { AppNode } from './app-node';

/** What must hold does not. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export const insist = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Broken(otherwise);
};

/** Follows the log event by event, and insists on what must hold of it whatever happens. */
export class LogWatch {
  readonly events: RecordedEvent<InvestigationEvent>[] = [];
  private readonly ids = new Map<string, RecordedEvent>();
  private readonly revisions = new Map<string, number>();
  private readonly commands = new Map<string, { readonly stream: string; readonly position: string }>();
  private readonly escalated = new Set<string>();
  private position = START;

  constructor(private readonly log: EventStore, private readonly wasDecidedAt: (minute: number) => boolean) {}

  revisionOf(stream: string): number {
    return this.revisions.get(stream) ?? -1;
  }

  knows(commandId: string): boolean {
    return this.commands.has(commandId);
  }

  /** Every event of an answered command is there, as it was said. */
  mustHold(commandId: string, { stream, events }: Receipt): void {
    for (const id of events) {
      const event = this.ids.get(id);
      insist(event?.stream === stream && event.metadata.commandId === commandId, `answered and not there: event ${id} of command ${commandId}`);
    }
  }

  async follow(): Promise<void> {
    for await (const page of this.log.readAll(this.position)) for (const stored of page) this.take(stored);
  }

  private take(stored: StoredEvent): void {
    const { id, stream, revision, number, position } = stored;
    insist(isLedgerStream(stream) && number === this.events.length && comparePositions(this.position, position) < 0, `event number ${number} stands out of its order`);
    insist(revision === this.revisionOf(stream) + 1, `${stream} has a gap before revision ${revision}`);
    insist(!this.ids.has(id), `event ${id} stands there twice`);
    const event = codec.decode<InvestigationEvent>(stored);
    this.takeCommand(event);
    if (event.type.endsWith('Escalated')) this.takeEscalation(event);
    this.events.push(event);
    this.ids.set(id, event);
    this.revisions.set(stream, revision);
    this.position = position;
  }

  /** The events of a command follow on each other in one stream: others in between would have been another append of it. */
  private takeCommand({ stream, position, metadata: { commandId } }: RecordedEvent): void {
    const before = this.commands.get(commandId);
    insist(before === undefined || (before.stream === stream && before.position === this.position), `command ${commandId} was recorded twice`);
    this.commands.set(commandId, { stream, position });
  }

  private takeEscalation({ type, stream, data, metadata }: RecordedEvent): void {
    const { linkId = '', since, dueOn } = data as { readonly linkId?: string; readonly since: string; readonly dueOn: string };
    const occasion = [stream, type, linkId, since].join(' ');
    insist(!this.escalated.has(occasion), `escalated twice: ${occasion}`);
    this.escalated.add(occasion);
    const decided = intervalOf(metadata.effectiveAt).earliest;
    insist(this.wasDecidedAt(decided), `escalated at a moment that no clock showed: ${occasion}`);
    insist(dateOfDay(londonDay(decided)) > dueOn, `escalated before it was due: ${occasion} due ${dueOn}`);
  }

  /** What the record alone says is due on a London day and is not escalated. */
  leftDue(today: number): string[] {
    return [...this.revisions.keys()].flatMap((stream) => this.dueOf(stream, this.events.filter((event) => event.stream === stream), today));
  }

  private dueOf(stream: string, events: readonly RecordedEvent<InvestigationEvent>[], today: number): string[] {
    const state = openCase();
    for (const { event, start } of placedHistory(events)) evolveCase(state, event, start);
    const period = reviewPeriodOf(state);
    const review = period && reviewDueOn(period, intervals);
    const left = period && review !== null && review < today ? [[stream, 'OverdueReviewEscalated', '', dateOfDay(period.since)]] : [];
    const links = [...state.links.values()].flatMap(({ linkId, episode }) => (episode && episode.startOn + THRESHOLD_DAYS < today ? [[stream, 'OutstandingSuspectEscalated', linkId, dateOfDay(episode.startOn)]] : []));
    return (state.active ? [...left!, ...links] : left!).map((parts) => parts.join(' ')).filter((occasion) => !this.escalated.has(occasion));
  }
}

/** Tables made again from the first event by the other way there is to make them. */
const rebuilt = async (log: EventStore): Promise<readonly string[]> => {
  const db = emptyReads();
  const until = await log.head();
  await buildInBulk({ db, log, codec, targets: investigationProjections.map((projection) => ({ projection, until })) });
  const digests = investigationProjections.map((projection) => `${projection.name} ${digestOf(db, projection)}`);
  db.close();
  return digests;
};

const figuresOf = (node: AppNode): string => {
  const reader = node.reader();
  const figures = reader.figures({ area: 'all' });
  const { investigations, suspectLinks, incomplete } = figures;
  const counted = [investigations.active, investigations.suspectOutstanding, investigations.noSuspectIdentified, suspectLinks.outstanding, incomplete];
  const listed = [
    reader.list({ area: 'all' }, { limit: 100 }).items.length, reader.list({ area: 'all', suspect: 'outstanding' }, { limit: 100 }).items.length,
    reader.list({ area: 'all', suspect: 'none' }, { limit: 100 }).items.length, reader.outstandingSuspects({ area: 'all' }, { limit: 100 }).items.length, 0,
  ];
  insist(counted.join() === listed.join(), `${node.name}: figures ${counted.join()}, lists ${listed.join()}`);
  return JSON.stringify(figures);
};

/** What must hold once everything has come to rest. */
export const checkAtRest = async (log: EventStore, nodes: readonly AppNode[], watch: LogWatch): Promise<void> => {
  const fresh = (await rebuilt(log)).join('\n');
  for (const node of nodes) insist(node.digests().join('\n') === fresh, `${node.name}: tables differ from a fresh rebuild:\n${node.digests().join('\n')}\n${fresh}`);
  const [one, two] = nodes.map(figuresOf);
  insist(one === two, `figures differ: ${one} and ${two}`);
  const left = watch.leftDue(londonDay(nodes[0]!.clock()));
  insist(left.length === 0, `due and never escalated: ${left.join('; ')}`);
};
