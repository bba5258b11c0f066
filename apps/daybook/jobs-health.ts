import type { JobsHealth, JobsTrouble, ReconcilerLag } from '#platform/jobs';

/** Due work that was not asked for as long as this is an alarm, and a job that has waited so long. Seconds. */
const LATE_SECONDS = 180;
const LONG_WAIT_SECONDS = 900;

/** How one reaction stands. Counts are null where the place of the jobs cannot be asked. */
export interface ReactionHealth {
  readonly reaction: string;
  readonly waiting: number | null;
  readonly running: number | null;
  readonly dead: number | null;
  readonly oldestWaitSeconds: number | null;
  /** Since all its due work was last asked for. */
  readonly lagSeconds: number;
  readonly failing: string | null;
}

const troubleWords: Record<JobsTrouble, string> = {
  UNREACHABLE: 'Redis does not answer in time: jobs wait',
  UNTRUSTED: 'the certificate of Redis is not accepted (another authority than NODE_EXTRA_CA_CERTS names, another host, or it has ended): jobs wait',
  READ_ONLY: 'Redis is a read-only replica: jobs wait',
  MAY_EVICT: 'Redis may throw jobs away when its memory is full (maxmemory-policy is not noeviction)',
  WRONG_DATA: 'Redis held data under the names of our jobs that are none; they were thrown away, and due work is found again',
  REFUSED: 'Redis refuses what it is asked: jobs wait',
};

export const jobsHealth = ({ reactions, troubles }: JobsHealth, lags: readonly ReconcilerLag[]): { readonly reactions: readonly ReactionHealth[]; readonly troubles: readonly JobsTrouble[] } => ({
  troubles,
  reactions: lags.map(({ reaction, lagSeconds, failing = null }) => {
    const { waiting = null, running = null, dead = null, oldestWaitSeconds = null } = reactions.find((counts) => counts.reaction === reaction) ?? {};
    return { reaction, waiting, running, dead, oldestWaitSeconds, lagSeconds: Math.round(lagSeconds), failing };
  }),
});

/** What to worry about, in words. */
export const jobConcerns = (reactions: readonly ReactionHealth[], troubles: readonly JobsTrouble[]): readonly string[] => [
  ...troubles.map((trouble) => troubleWords[trouble]),
  ...reactions.flatMap(({ reaction, dead, oldestWaitSeconds, lagSeconds }) => [
    ...(dead ? [`${dead} jobs of ${reaction} were given up`] : []),
    ...((oldestWaitSeconds ?? 0) > LONG_WAIT_SECONDS ? [`a job of ${reaction} has waited ${Math.round(oldestWaitSeconds! / 60)} minutes`] : []),
    ...(lagSeconds > LATE_SECONDS ? [`due work of ${reaction} was last looked for ${Math.round(lagSeconds / 60)} minutes ago`] : []),
  ]),
];
