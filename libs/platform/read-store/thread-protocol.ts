import type { MessagePort } from 'node:worker_threads';
import type { Parked } from './read-file';
import type { BatchWork, Checkpoint } from './read-store';

/** What the thread is started with. */
export interface ThreadData {
  readonly file: string;
  readonly logFile: string;
  readonly heads: MessagePort | undefined;
}

/** A projection that has been built in a side file, and how far. */
export interface Built {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

export type ThreadRequest =
  | { readonly kind: 'unpark'; readonly name?: string }
  /** Takes tables over from a side file, which is then deleted. */
  | { readonly kind: 'exchange'; readonly sideFile: string; readonly built: readonly Built[] };

export type ToThread = { readonly kind: 'request'; readonly id: number; readonly request: ThreadRequest } | { readonly kind: 'close' };

export type FromThread =
  /** The tables exist, perhaps empty. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'caught-up' }
  /** `work` is absent where only the checkpoint is told. */
  | { readonly kind: 'batch'; readonly checkpoint: Checkpoint; readonly work?: BatchWork }
  | { readonly kind: 'parked'; readonly name: string; readonly parked: Parked }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: number }
  /** The thread ends after this. */
  | { readonly kind: 'failed'; readonly error: string };
