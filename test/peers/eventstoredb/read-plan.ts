import { status } from '@grpc/grpc-js';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { From } from './reading';
import { fromWirePosition } from './records';
import type { Recorded } from './records';
import { invalid, Refusal } from './refusals';
import { readStreamName } from './wire';

/** A filter on names of streams or types. */
export interface Filter {
  readonly passes: (event: Recorded) => boolean;
  /** A checkpoint is due after so many events, passed or not. */
  readonly checkpointEvery: number;
}

/** What a reader asked for. */
export interface ReadPlan {
  /** Absent: the whole log. */
  readonly stream?: string;
  readonly from: From;
  readonly isBackwards: boolean;
  readonly isSubscription: boolean;
  readonly limit: number;
  readonly resolveLinks: boolean;
  readonly filter?: Filter;
  readonly isStructured: boolean;
}

type Options = ReadReq.Options;

/** @throws Refusal when the request asks for what there is not */
export const planRead = (options: Options | undefined): ReadPlan => {
  if (!options) throw invalid('Options are missing.');
  const isBackwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const isSubscription = options.hasSubscription();
  if (!isSubscription && !options.hasCount()) throw invalid('Neither a count nor a subscription is asked for.');
  if (isSubscription && isBackwards) throw invalid('Subscriptions go forwards.');
  if (options.hasStream() && options.hasFilter()) throw invalid('Only $all can be filtered.');
  if (!options.getUuidOption()?.hasString() && !options.getUuidOption()?.hasStructured()) throw invalid('The form of ids is missing.');
  const limit = isSubscription ? Infinity : Number(options.getCount());
  if (limit === 0) throw invalid('Count must be positive.');
  return {
    ...place(options, isSubscription), isBackwards, isSubscription, limit, resolveLinks: options.getResolveLinks(),
    filter: readFilter(options.getFilter()), isStructured: options.getUuidOption()!.hasStructured(),
  };
};

const place = (options: Options, isSubscription: boolean): { stream?: string; from: From } => {
  const [stream, all] = [options.getStream(), options.getAll()];
  if (stream) return { stream: readStreamName(stream.getStreamIdentifier()), from: stream.hasStart() ? 'start' : stream.hasEnd() ? 'end' : Number(stream.getRevision()) };
  if (!all) throw invalid('Neither a stream nor $all is asked for.');
  const position = all.getPosition();
  return { from: position ? readPosition(position, isSubscription) : all.hasEnd() ? 'end' : 'start' };
};

const readPosition = (position: ReadReq.Options.Position, isSubscription: boolean): number => {
  const [commit, prepare] = [position.getCommitPosition(), position.getPreparePosition()];
  if (BigInt(commit) < BigInt(prepare)) throw new Refusal(status.UNKNOWN, 'The commit position cannot be less than the prepare position');
  const row = fromWirePosition(commit);
  if (row === undefined && isSubscription) throw invalid('Trying to read from an invalid position.');
  if (row === undefined) throw new Refusal(status.UNKNOWN, 'Unexpected ReadAllResult: Error');
  return row;
};

const readFilter = (options: ReadReq.Options.FilterOptions | undefined): Filter | undefined => {
  if (!options) return undefined;
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  if (!expression) throw invalid('The filter is empty.');
  const multiplier = options.getCheckpointintervalmultiplier();
  if (multiplier === 0) throw invalid('checkpoint interval multiplier must be greater than 0.');
  const matches = matcher(expression);
  const of = options.hasStreamIdentifier() ? ({ stream }: Recorded) => stream : ({ type }: Recorded) => type;
  return { passes: (event) => matches(of(event)), checkpointEvery: multiplier * (options.hasMax() ? options.getMax() : 32) };
};

const matcher = (expression: ReadReq.Options.FilterOptions.Expression): ((text: string) => boolean) => {
  const [source, prefixes] = [expression.getRegex(), expression.getPrefixList()];
  if (source === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const isCaseless = source.startsWith('(?i)');
  try {
    const regex = new RegExp(isCaseless ? source.slice(4) : source, isCaseless ? 'i' : '');
    return (text) => regex.test(text);
  } catch {
    throw invalid(`Invalid regex ${source}`);
  }
};
