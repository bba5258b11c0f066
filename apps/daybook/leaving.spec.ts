import fastify from 'fastify';
import { folderClock } from '#platform/folder';
import { Leaving } from './leaving';

describe('a process that is asked to stop', () => {
  it('answers whoever comes all the same, and ends each connection with the answer', async () => {
    const [server, leaving] = [fastify(), new Leaving()];
    leaving.watch(server);
    server.get('/', () => 'here');
    const connection = async (): Promise<unknown> => (await server.inject('/')).headers.connection;
    expect([leaving.begun, await connection()]).toEqual([false, 'keep-alive']);
    await leaving.begin(0);
    expect([leaving.begun, await connection()]).toEqual([true, 'close']);
    await server.close();
  });
});

it('has the clock of a sample that several processes share, whenever each of them started', () => {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const clock = folderClock({ sample: { name: 's', until: '2019-12-31T17:00:00.000Z', homeArea: 'Rotherham', from } }, () => { throw new Error('not asked'); });
  expect(new Date(clock()).toISOString()).toMatch(/^2019-12-31T18:0/);
});
