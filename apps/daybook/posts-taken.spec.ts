import type { Reader } from '#platform/access';
import { StoreUnavailableError } from '#kernel';
import { PostsTaken } from './posts-taken';

const reader: Reader = { kind: 'user', id: 'DC 1', name: 'A. Reader', role: 'DETECTIVE', agency: 'SYP', team: 'CID', multiFactor: true, provedAt: 0 };

const scene = (fails = 0) => {
  const sent: object[] = [];
  const logged: unknown[] = [];
  let left = fails;
  const posts = new PostsTaken({
    bus: { execute: async ({ data }) => {
      if (left-- > 0) throw new StoreUnavailableError('disk full of A. Reader');
      sent.push(data);
    } },
    clock: () => 0, logger: { error: (...line) => void logged.push(line) },
  });
  return { posts, sent, logged };
};

describe('the post of whoever signs in', () => {
  it('is written down once', async () => {
    const { posts, sent } = scene();
    await posts.saw(reader);
    await posts.saw({ ...reader, id: 'dc 1', session: 'another' });
    expect(sent).toEqual([{ userId: 'DC 1', role: 'DETECTIVE', agency: 'SYP', team: 'CID' }]);
  });

  it.each([{ role: 'SUPERVISOR' }, { agency: 'RMBC' }, { team: 'Evolve' }, { team: undefined }])('is written down again as another: %j', async (change) => {
    const { posts, sent } = scene();
    await posts.saw(reader);
    await posts.saw({ ...reader, ...change });
    expect(sent).toHaveLength(2);
  });

  it('holds nobody up when the ledger is away, and is tried again', async () => {
    const { posts, sent, logged } = scene(1);
    await expect(posts.saw(reader)).resolves.toBeUndefined();
    expect(sent).toEqual([]);
    expect(JSON.stringify(logged)).toMatch(/^\[\["post not recorded"/);
    expect(JSON.stringify(logged)).not.toContain('Reader');
    await posts.saw(reader);
    expect(sent).toHaveLength(1);
  });

  it('is not that of the account of the command line', async () => {
    const { posts, sent } = scene();
    await posts.saw({ ...reader, kind: 'system' });
    expect(sent).toEqual([]);
  });
});
