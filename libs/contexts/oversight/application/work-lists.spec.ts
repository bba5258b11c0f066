import type { OfficerId } from '#kernel';
import type { Reader } from '#platform/access';
import type { WorkItem } from '#contexts/investigations';
import { WorkLists } from './work-lists';

const item = (investigationId: string, supervisor: string | null): WorkItem => ({ investigationId, supervisor: supervisor as OfficerId | null }) as WorkItem;
const all = [item('mine', 'DS 1'), item('nobody', null), item('left', 'DS 9'), item('theirs', 'DS 2'), item('hidden', null)];
const reader = (id: string): Reader => ({ kind: 'user', id, name: '', role: 'SUPERVISOR', agency: 'SYP', multiFactor: true, provedAt: 0 });
const key = (id: string | null): string | null => id?.toLowerCase() ?? null;

const listOf = (id: string, { ready = true, may = true, left = ['ds 9'] }: { ready?: boolean; may?: boolean; left?: readonly string[] } = {}) =>
  new WorkLists({
    access: { may: () => may, seenBy: () => ({ supervisesInvestigation: (each: string) => each !== 'hidden' }) as never },
    escalations: { ready, supervisors: () => ['ds 1', 'ds 2', 'ds 9'], waiting: (supervisors) => all.filter(({ supervisor }) => supervisors.includes(key(supervisor))) },
    posts: { notSupervising: (users) => users.filter((each) => left.includes(each)) },
  }).of(reader(id)).map(({ investigationId }) => investigationId);

describe('a work-list', () => {
  it('holds what waits with the reader, however their number is written, and what waits with nobody in the post', () => expect(listOf('ds  1')).toEqual(['mine', 'nobody', 'left']));
  it('holds nothing of a case that the reader may not supervise', () => expect(listOf('DS 1')).not.toContain('hidden'));
  it('holds nothing that waits with another supervisor', () => expect(listOf('DS 2')).toEqual(['nobody', 'left', 'theirs']));
  it('does not lose what is the reader\'s own when their post is another by now', () => expect(listOf('DS 9')).toEqual(['nobody', 'left']));
  it('is empty for whoever has none, and until the read models have caught up', () => expect([listOf('DS 1', { may: false }), listOf('DS 1', { ready: false })]).toEqual([[], []]));
});
