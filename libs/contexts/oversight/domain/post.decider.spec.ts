import { given, order } from '#test/decider-spec';
import { userPost } from './post.decider';

const post = { userId: 'DC 1', role: 'DETECTIVE', agency: 'South Yorkshire Police', team: 'CID' };
const take = (more: object = {}, at = '2026-11-25') => order('TakePost', { ...post, ...more }, at);
const leave = (at = '2026-11-26') => order('LeavePost', { userId: 'DC 1' }, at);

describe('a user', () => {
  it('takes a post: recorded', () => given(userPost).when(take()).then('PostTaken'));
  it('is seen again in the same post: nothing new', () => given(userPost, take()).when(take({}, '2026-11-26')).thenNothing());
  it.each([['role', { role: 'SUPERVISOR' }], ['agency', { agency: 'Example Council' }], ['team', { team: 'Other' }], ['no team', { team: undefined }]])('is seen with another %s: recorded', (_, more) =>
    given(userPost, take()).when(take(more, '2026-11-26')).then('PostTaken'));
  it('leaves the post: recorded', () => given(userPost, take()).when(leave()).then('PostLeft'));
  it('leaves no post: nothing new', () => given(userPost, take(), leave()).when(leave('2026-11-27')).thenNothing());
  const end = (sessions: number, at: string) => order('EndSessions', { userId: 'DC 1', sessions }, at);
  it('is signed out everywhere without a session or a post: nothing new, for what was typed may be a name', () => given(userPost).when(end(0, '2026-11-26')).thenNothing());
  it('is signed out everywhere by somebody else: recorded, each time, with a session or a post', () => {
    given(userPost).when(end(1, '2026-11-26')).then('SessionsEnded');
    given(userPost, take()).when(end(0, '2026-11-26')).then('SessionsEnded');
    given(userPost, take(), end(2, '2026-11-26')).when(end(2, '2026-11-27')).then('SessionsEnded');
  });
  it('is signed out everywhere, and holds the post as before: nothing new', () =>
    given(userPost, take(), order('EndSessions', { userId: 'DC 1', sessions: 1 }, '2026-11-26')).when(take({}, '2026-11-27')).thenNothing());
  it('has a job done again that was given up: recorded, each time, and holds the post as before', () => {
    const requeue = (at: string) => order('RequeueJob', { userId: 'DC 1', reaction: 'escalate-overdue-reviews', subject: 'a', due: '2026-11-25', code: 'FAULT', attempts: 10 }, at);
    given(userPost, take(), requeue('2026-11-26')).when(requeue('2026-11-27')).then('JobRequeued');
    given(userPost, take(), requeue('2026-11-26')).when(take({}, '2026-11-27')).thenNothing();
  });
  it('comes back to the post: recorded', () => given(userPost, take(), leave()).when(take({}, '2026-11-27')).then('PostTaken'));
});
