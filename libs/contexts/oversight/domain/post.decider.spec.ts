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
  it('comes back to the post: recorded', () => given(userPost, take(), leave()).when(take({}, '2026-11-27')).then('PostTaken'));
});
