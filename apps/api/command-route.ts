import type { Command } from '@nestjs/cqrs';
import type { Receipt } from '#platform/event-store';
import type { WrittenNames } from '#contexts/investigations';
import type { examples } from './examples';
import type { FactRequest, Sender } from '#platform/requests';

/** A command as the bus takes it; its data holds the ids of what it makes. */
export type Order = Command<Receipt> & { readonly data: object };

/** One command and the address it is sent to. */
export interface CommandRoute {
  /** Name of the command, also the operation's id in the API's description. */
  readonly name: keyof typeof examples;
  /** Below the controller's own path; `:id` or `:code` names the record, other parameters are fields of the request. */
  readonly path: string;
  readonly summary: string;
  readonly request: new () => FactRequest;
  /** The field of the command's data that names what it makes; absent when it makes nothing that has an id. */
  readonly makes?: string;
  /** Whether what it would make may stand already: then that is answered, with 200. */
  readonly mayStand?: boolean;
  /** `id`: the record of the address, undefined when the command makes it. */
  order(id: string | undefined, request: FactRequest, sender: Sender, names: WrittenNames): Order;
}

/** The parameters of a path, in order: `:id/suspects/:linkId/arrest` gives `id` and `linkId`. */
export const parametersOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

/** Whether a parameter names the record itself. */
export const namesRecord = (parameter: string): boolean => parameter === 'id' || parameter === 'code';

/** Those parameters of a path that are fields of the request. */
export const fieldsIn = (path: string): string[] => parametersOf(path).filter((name) => !namesRecord(name));
