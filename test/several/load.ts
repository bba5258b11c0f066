import { setTimeout as delay } from 'node:timers/promises';
import { Seeded } from '#test/seeded';
import type { Process } from './processes';

/** A request that is not answered by then is one that never is, ms: an append is given 15 s. */
const DEADLINE = 30_000;
const [SERGEANT, DETECTIVE] = ['DS 2256', 'DC 2235'];
/** A command every so often, ms, of each who writes. */
const EVERY = 100;

const on = (daysAgo: number) => ({ precision: 'day', from: new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10) });

/** What was acknowledged, and what should never have been answered. */
export class Load {
  /** Id of each investigation that was acknowledged as opened, by the key of the command. */
  readonly opened = new Map<string, string>();
  /** Those that are overdue for review from their allocation on. */
  readonly overdue = new Set<string>();
  readonly wrong: string[] = [];
  sentAgain = 0;
  private isOver = false;
  private isLeft = false;
  private readonly under: Promise<void>[] = [];

  constructor(private readonly apis: readonly Process[], private readonly token: string, private readonly seed: number) {}

  start(): void {
    for (const place of this.apis.keys()) this.under.push(this.write(place), this.look(place));
    for (const each of this.under) each.catch(() => undefined); // told by whoever ends it
  }

  /** Settles when the last command of everybody is acknowledged. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.under);
  }

  /** Nobody waits for an answer any more. */
  leave(): void {
    this.isOver = true;
    this.isLeft = true;
  }

  private async write(place: number): Promise<void> {
    const seeded = new Seeded(this.seed + place);
    for (let n = 0; !this.isOver; n++) {
      const key = `${this.seed}-${place}-${n}`;
      const isOverdue = n % 4 === 0;
      const id = await this.insist(place, seeded, '/investigations', `${key}-open`, { kind: 'CRIME', area: 'Barnsley', themes: ['CSE'], title: key, ...(isOverdue ? { effectiveAt: on(60) } : {}) });
      this.opened.set(key, id);
      if (isOverdue) await this.insist(place, seeded, `/investigations/${id}/allocation`, `${key}-allocate`, { officer: DETECTIVE, team: 'Rotherham CID', supervisor: SERGEANT, effectiveAt: on(50) });
      if (isOverdue) this.overdue.add(id);
      await delay(EVERY);
    }
  }

  /** Sends a command under its key, to this process or another, until somebody says that it is recorded. */
  private async insist(place: number, seeded: Seeded, address: string, key: string, body: object): Promise<string> {
    while (!this.isLeft) {
      const answer = await this.ask(this.apis[place]!, address, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(body) });
      if (answer?.status === 200 || answer?.status === 201) return (JSON.parse(answer.text) as { readonly id: string }).id;
      if (answer && answer.status !== 503) this.wrong.push(`${address} answered ${answer.status}: ${answer.text}`);
      this.sentAgain++;
      await delay(EVERY);
      place = seeded.below(this.apis.length);
    }
    throw new Error(`${address} was never acknowledged`);
  }

  private async look(place: number): Promise<void> {
    while (!this.isOver) {
      const answer = await this.ask(this.apis[place]!, '/figures?area=all', {});
      if (answer && answer.status !== 200 && answer.status !== 503) this.wrong.push(`/figures answered ${answer.status}: ${answer.text}`);
      await delay(5 * EVERY);
    }
  }

  /** Undefined where the connection was refused or torn. */
  private async ask({ url, name }: Process, address: string, init: RequestInit): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const headers = { authorization: `Bearer ${this.token}`, 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Works%20on%20it', ...(init.headers as Record<string, string>) };
    try {
      const answer = await fetch(`${url}/api/v1${address}`, { ...init, headers, signal: AbortSignal.timeout(DEADLINE) });
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') this.wrong.push(`${name} did not answer ${address} in ${DEADLINE / 1000} s`);
      return undefined;
    }
  }
}
