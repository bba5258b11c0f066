import type { InvestigationId, LinkId, LocalDate, OfficerId } from '#kernel';
import type { WorkItem } from '#contexts/investigations';
import { Pages } from '../../rendering/pages';
import { menuOf } from '../../rendering/menu';
import { myWorkPage } from './my-work.presenter';
import type { MyWorkInput } from './my-work.presenter';

const item = (more: Partial<WorkItem> = {}): WorkItem => ({
  investigationId: 'a' as InvestigationId, reference: 'INV-7', escalation: 'e', number: 48, kind: 'OverdueReviewEscalated', linkId: null, since: '2019-11-25' as LocalDate, dueOn: '2019-12-23' as LocalDate,
  overdueDays: 8, escalatedAt: '2019-12-24T00:01:00.000Z' as never, supervisor: 'DS 2256' as OfficerId, officer: 'DC 2137' as OfficerId, team: 'CID', area: 'Rotherham', ...more,
});
const suspect = item({ kind: 'OutstandingSuspectEscalated', linkId: 'x' as LinkId, since: '2019-10-01' as LocalDate, dueOn: '2019-12-24' as LocalDate, overdueDays: 7, number: 49 });
const html = (items: readonly WorkItem[], more: Partial<MyWorkInput> = {}): string => new Pages('trial', () => Date.parse('2019-12-31T12:00:00Z')).render(
  myWorkPage({ me: 'ds  2256', today: '2019-12-31' as LocalDate, items, page: 1, last: 1, size: 50, total: items.length, sensitivityOf: () => undefined, ...more }), 'nonce');
const text = (page: string): string => page.slice(page.indexOf('<main')).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the page of what waits', () => {
  it('says why, since when, how long overdue, and leads to the record and to what can be done', () => {
    const page = html([item(), suspect]);
    expect(text(page)).toContain('2 matters escalated to you wait.');
    expect(text(page)).toMatch(/INV-7 Rotherham Supervisor review overdue Waiting since 25 November 2019, 36 days 23 December 2019 8 days overdue CID DC 2137 Record a review on INV-7 Answer/);
    expect(text(page)).toMatch(/Suspect outstanding for over 12 weeks Since 1 October 2019, 91 days 24 December 2019 7 days overdue/);
    for (const href of ['/investigations/INV-7', '/investigations/INV-7/record/review', '/investigations/INV-7/record/answer-escalation?escalation=48', '/investigations/INV-7/record/answer-escalation?escalation=49'])
      expect(page).toContain(`href="${href}"`);
  });

  it('says why it is here where it is another supervisor\'s, or nobody\'s, and marks what not everybody may read', () => {
    const page = text(html([item({ supervisor: null, officer: null, team: null }), item({ supervisor: 'DS 9' as OfficerId })], { sensitivityOf: () => 'RESTRICTED' }));
    expect(page).toMatch(/No supervisor in the case[\s\S]*No team Not allocated[\s\S]*DS 9 does not supervise any more/);
    expect(page.match(/Restricted/g)).toHaveLength(2);
  });

  it('says so when nothing waits', () => {
    const page = html([]);
    expect(text(page)).toContain('Nothing that was escalated to you waits.');
    expect(page).not.toContain('<table');
  });

  it('has pages', () => expect(html([item()], { page: 2, last: 3, total: 101, size: 50 })).toMatch(/href="\/my-work"[\s\S]*href="\/my-work\?page=3"/));
});

describe('the menu', () => {
  const reader = { kind: 'user', id: 'DS 1', name: '', role: 'SUPERVISOR', agency: 'SYP', multiFactor: true, provedAt: 0 } as const;
  const rights = { may: () => true, readsPeople: () => true };
  const entry = (count: number) => menuOf(rights, reader, { of: () => Array.from({ length: count }, () => item()) }).find(({ id }) => id === 'my-work')!.text;
  it('counts what the list holds', () => expect([entry(0), entry(1), entry(1_204)]).toEqual(['My work', 'My work (1)', 'My work (1,204)']));
});
