import type { MessagePort } from 'node:worker_threads';

/** To the writer's thread. */
export type ToWriter =
  | { readonly kind: 'append'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** All of them or none, and only when `after` is the position of the last event. */
  | { readonly kind: 'copy'; readonly after: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'tell'; readonly port: MessagePort }
  | { readonly kind: 'close' };

export interface HeadNumbers {
  readonly position: number;
  readonly number: number;
}

/** From the writer's thread; each message of appends is answered once, in the order in which they were sent. */
export type FromWriter =
  | { readonly kind: 'open'; readonly head: HeadNumbers }
  | { readonly kind: 'unopened'; readonly message: string }
  | { readonly kind: 'committed'; readonly results: Float64Array<ArrayBuffer>; readonly head: HeadNumbers; readonly syncMs: number }
  | { readonly kind: 'refused'; readonly message: string; readonly written: 'no' | 'unknown'; readonly fatal: boolean }
  | { readonly kind: 'failed'; readonly message: string };
