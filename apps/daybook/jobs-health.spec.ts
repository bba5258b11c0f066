import { jobConcerns, jobsHealth } from './jobs-health';

const lag = { reaction: 'escalate', lagSeconds: 1 };
const counts = { reaction: 'escalate', waiting: 2, running: 1, dead: 0, oldestWaitSeconds: 5 };
const concerns = (found: Parameters<typeof jobsHealth>[0], at = lag) => {
  const { reactions, troubles } = jobsHealth(found, [at]);
  return jobConcerns(reactions, troubles);
};

describe('what health says of due work', () => {
  it('is nothing to worry about while it is done', () => expect(concerns({ reactions: [counts], troubles: [] })).toEqual([]));

  it('is what was given up, what has waited long, and what was not looked for', () =>
    expect(concerns({ reactions: [{ ...counts, dead: 3, oldestWaitSeconds: 1200 }], troubles: [] }, { ...lag, lagSeconds: 240 }))
      .toEqual(['3 jobs of escalate were given up', 'a job of escalate has waited 20 minutes', 'due work of escalate was last looked for 4 minutes ago']));

  it('has no counts, and says why, where the place of the jobs cannot be asked', () => {
    const away = { reactions: [], troubles: ['UNREACHABLE'] } as const;
    expect(jobsHealth(away, [{ ...lag, failing: 'JOBS_UNAVAILABLE' }]).reactions)
      .toEqual([{ reaction: 'escalate', waiting: null, running: null, dead: null, oldestWaitSeconds: null, lagSeconds: 1, failing: 'JOBS_UNAVAILABLE' }]);
    expect(concerns(away)).toEqual(['Redis does not answer in time: jobs wait']);
  });
});
