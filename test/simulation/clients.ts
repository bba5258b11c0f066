import { DomainError, MalformedError, StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import { investigation } from '#contexts/investigations';
import type { InvestigationCommand } from '#contexts/investigations';
import { idFrom, IdempotencyKeyReusedError } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { someAct } from './acts';
import type { AppNode } from './app-node';
import { insist } from './invariants';
import type { LogWatch } from './invariants';
import type { Scheduler } from './scheduler';

interface Order {
  readonly stream: string;
  readonly command: InvestigationCommand;
  readonly expectedRevision?: number;
  attempts: number;
  /** Somebody was told what became of it. */
  settled: boolean;
  receipt?: string;
}

const CASES = 4;

/** Those who send commands: they give up on an answer that does not come, and send the same again, to whichever program is there. */
export class Clients {
  readonly orders: Order[] = [];
  /** What has to be looked at once the step is over. */
  private readonly checks: (() => void)[] = [];
  private readonly seen = new Map<string, string[]>();
  private serial = 0;

  constructor(private readonly seed: number, private readonly scheduler: Scheduler, private readonly watch: LogWatch) {}

  /** Somebody sends something new. */
  ask(node: AppNode): void {
    const { chance } = this.scheduler;
    const id = idFrom('simulated case', String(chance.below(CASES)));
    const stream = `investigation-${id}`;
    const command = someAct({ chance, investigation: id, commandId: idFrom('simulated command', String(this.seed), String(this.serial++)), events: this.seen.get(stream) ?? [], now: node.clock() });
    const order: Order = { stream, command, attempts: 0, settled: false, ...(chance.next() < 0.1 && { expectedRevision: this.watch.revisionOf(stream) - chance.below(2) }) };
    if (order.expectedRevision !== undefined && order.expectedRevision < 0) return;
    this.orders.push(order);
    this.send(order, node);
  }

  /** Somebody sends again what they have sent, answered or not. */
  askAgain(node: AppNode): void {
    if (this.orders.length > 0) this.send(this.scheduler.chance.pick(this.orders.slice(-12)), node);
  }

  /** Somebody uses the id of an answered command for another one. */
  mistake(node: AppNode): void {
    const answered = this.orders.filter(({ receipt }) => receipt);
    if (answered.length === 0) return;
    const { stream, command } = this.scheduler.chance.pick(answered);
    const other = { ...command, context: { ...command.context, commandDigest: 'another' } } as InvestigationCommand;
    node.ledger.transact(investigation, stream, other).then(
      () => this.later(() => insist(false, 'the id of one command was taken for another')),
      (error: unknown) => this.later(() => insist(error instanceof IdempotencyKeyReusedError || error instanceof StoreUnavailableError, `a reused id was refused by ${String(error)}`)));
  }

  /** Sends whatever nobody has an answer to; false when there is nothing. */
  insistAll(node: AppNode): boolean {
    const open = this.orders.filter(({ settled }) => !settled);
    for (const order of open) this.send(order, node);
    return open.length > 0;
  }

  /** Looks at what was answered in the step that is over. */
  check(): void {
    for (const check of this.checks.splice(0)) check();
  }

  private send(order: Order, node: AppNode): void {
    order.attempts++;
    const { expectedRevision, receipt: before } = order;
    node.ledger.transact(investigation, order.stream, order.command, expectedRevision === undefined ? {} : { expectedRevision })
      .then((receipt) => this.answered(order, receipt), (error: unknown) => this.failed(order, error, before !== undefined));
  }

  private later(check: () => void): void {
    this.checks.push(check);
  }

  private answered(order: Order, receipt: Receipt): void {
    this.scheduler.note(`answered ${order.command.type} ${receipt.stream} ${receipt.revision} ${receipt.events.length}`);
    order.settled = true;
    if (receipt.events.length === 0) return;
    const given = JSON.stringify(receipt);
    this.seen.set(order.stream, [...this.seen.get(order.stream) ?? [], ...receipt.events]);
    this.later(() => {
      insist(order.receipt === undefined || order.receipt === given, `one command, two receipts: ${order.receipt} and ${given}`);
      order.receipt = given;
      this.watch.mustHold(order.command.context.commandId, receipt);
    });
  }

  private failed(order: Order, error: unknown, wasAnswered: boolean): void {
    this.scheduler.note(`refused ${order.command.type} ${order.stream} ${(error as Error).message}`);
    const isRefusal = error instanceof DomainError || error instanceof MalformedError || (error instanceof WrongExpectedVersionError && order.expectedRevision !== undefined);
    const wroteNothing = isRefusal || error instanceof WrongExpectedVersionError || (error instanceof StoreUnavailableError && error.written === 'no');
    if (isRefusal) order.settled = true;
    const { attempts } = order;
    this.later(() => {
      insist(!isRefusal || !wasAnswered, `recorded and answered, and refused when it came again: ${String(error)}`);
      insist(wroteNothing || error instanceof StoreUnavailableError, `failed with ${String((error as Error).stack)}`);
      // Of a command that was sent more often, another copy may have been written.
      if (wroteNothing && attempts === 1 && order.attempts === 1) insist(!this.watch.knows(order.command.context.commandId), `refused, and yet recorded: ${String(error)}`);
    });
  }
}
