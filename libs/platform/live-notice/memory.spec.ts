import { liveNoticeContract } from '../../../test/contracts/live-notice.contract';
import { MemoryLiveNotices } from './memory';

liveNoticeContract('live notices in memory', async () => {
  const notices = new MemoryLiveNotices();
  return { here: notices, there: notices };
});

it('knows when nobody listens', async () => {
  const notices = new MemoryLiveNotices();
  expect(notices.heard).toBe(false);
  const stop = await notices.subscribe(() => undefined);
  expect(notices.heard).toBe(true);
  stop();
  expect(notices.heard).toBe(false);
});
