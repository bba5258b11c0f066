import type { DeadLetter, JobsHealth, JobsTrouble, Progress, ReconcilerLag, RunningJob, WorkUnderWay } from '#platform/jobs';
import type { Page } from '../../rendering/page';
import { counted, formatDay, formatNumber } from '../../words/format';
import { failureWords, reactionWords, stageWords, workWords } from '../../words/jobs';

export interface JobsInput {
  readonly health: JobsHealth;
  readonly lags: readonly ReconcilerLag[];
  readonly running: readonly RunningJob[];
  readonly works: readonly WorkUnderWay[];
  /** `name`: what the form calls it. */
  readonly dead: readonly (DeadLetter & { readonly name: string })[];
  /** Milliseconds since 1970, the machine's own time. */
  readonly now: number;
  readonly token: string;
  /** A job was sent to be done again just now. */
  readonly again?: boolean;
  readonly error?: string;
}

const troubles: Record<JobsTrouble, string> = {
  UNREACHABLE: 'Redis does not answer in time. Jobs wait, and none is lost.',
  UNTRUSTED: 'The certificate of Redis is not accepted. Jobs wait, and none is lost.', READ_ONLY: 'Redis is a read-only replica. Jobs wait, and none is lost.',
  MAY_EVICT: 'Redis may throw jobs away when its memory is full: its maxmemory-policy must be noeviction.',
  WRONG_DATA: 'Redis held something else where jobs should be. It was thrown away, and due work is found again.', REFUSED: 'Redis refuses what it is asked. Jobs wait, and none is lost.',
};

const age = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return counted(whole, 'second');
  if (whole < 7_200) return counted(Math.floor(whole / 60), 'minute');
  return whole < 172_800 ? counted(Math.floor(whole / 3_600), 'hour') : counted(Math.floor(whole / 86_400), 'day');
};

const since = (ms: number, now: number): string => age((now - ms) / 1000);

const progressOf = (progress: Progress | undefined): string => {
  if (!progress) return '';
  const { stage, done, total } = progress;
  const share = total === undefined || total <= 0 ? formatNumber(done) : `${Math.min(100, Math.floor((done / total) * 100))}%`;
  return `${stageWords(stage)}, ${share}`;
};

const countsOf = ({ health, lags }: JobsInput) => lags.map(({ reaction, lagSeconds, failing }) => {
  const counts = health.reactions.find((each) => each.reaction === reaction);
  return {
    reaction: reactionWords(reaction), waiting: counts ? formatNumber(counts.waiting) : '-', running: counts ? formatNumber(counts.running) : '-', dead: counts ? formatNumber(counts.dead) : '-',
    oldest: typeof counts?.oldestWaitSeconds === 'number' ? age(counts.oldestWaitSeconds) : '-', looked: `${age(lagSeconds)} ago`, failing: failing && failureWords(failing),
  };
});

/** Reactions with their counts, long work under way, and jobs that were given up: kinds, days, codes and ages, and nothing that names a record. */
export const jobsPage = (input: JobsInput): Page => {
  const { health, running, works, dead, now, token, again, error } = input;
  return {
    view: 'pages/jobs/jobs.njk', title: 'Jobs', section: 'jobs', status: error ? 400 : 200,
    model: {
      token, again, error, troubles: health.troubles.map((trouble) => troubles[trouble]), reactions: countsOf(input),
      underWay: [
        ...works.map(({ work, startedAt, progress }) => ({ what: workWords(work), due: '', age: since(startedAt, now), attempt: '', progress: progressOf(progress) })),
        ...running.map(({ reaction, due, attempt, startedAt, progress }) => ({ what: reactionWords(reaction), due: formatDay(due.slice(0, 10)), age: since(startedAt, now), attempt: formatNumber(attempt), progress: progressOf(progress) })),
      ],
      givenUp: counted(dead.length, 'job'),
      dead: dead.map(({ name, reaction, due, attempts, code, diedAt }) => ({ name, reaction: reactionWords(reaction), due: formatDay(due.slice(0, 10)), attempts: formatNumber(attempts), code, why: failureWords(code), age: since(diedAt, now) })),
    },
  };
};
