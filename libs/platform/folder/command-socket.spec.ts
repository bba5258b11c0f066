import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { forwardCommand, serveCommands } from './command-socket';
import type { CommandOutput, ForwardedCommand, RunForwarded } from './command-socket';
import { newPlace, removePlaces } from './folder.fixtures';

afterAll(removePlaces);

const command: ForwardedCommand = { argv: ['figures', '--json'], cwd: '/somewhere', isTTY: false, columns: 80 };
const written = (): CommandOutput & { readonly words: string[] } => {
  const words: string[] = [];
  return { words, out: (text) => void words.push(`out ${text}`), err: (text) => void words.push(`err ${text}`) };
};

describe('the socket of a folder\'s owner', () => {
  let socket: string;
  const servers: { close(): Promise<void> }[] = [];
  const serve = async (run: RunForwarded): Promise<void> => void servers.push(await serveCommands(socket, run));

  beforeEach(() => {
    socket = path.join(newPlace().place, 'daybook.sock');
  });
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  it('runs a command where the owner is, and brings back its words in order and its exit code', async () => {
    const seen: ForwardedCommand[] = [];
    await serve(async (given, output) => {
      seen.push(given);
      output.err('counting');
      output.out('{"text":"line\nline\u2028line"}\n');
      return 3;
    });
    const output = written();
    expect(await forwardCommand(socket, command, output)).toBe(3);
    expect(seen).toEqual([command]);
    expect(output.words).toEqual(['err counting', 'out {"text":"line\nline\u2028line"}\n']);
  });

  it('serves several at once', async () => {
    await serve(async ({ argv }) => Number(argv[0]));
    const codes = await Promise.all([1, 2, 3].map((n) => forwardCommand(socket, { ...command, argv: [String(n)] }, written())));
    expect(codes).toEqual([1, 2, 3]);
  });

  it('can be used by its own account alone', async () => {
    await serve(async () => 0);
    expect(fs.statSync(socket).mode & 0o777).toBe(0o600);
  });

  it('answers undefined when nobody listens, also where a dead owner left its socket', async () => {
    expect(await forwardCommand(socket, command, written())).toBeUndefined();
    await leaveStaleSocket(socket);
    expect(await forwardCommand(socket, command, written())).toBeUndefined();
  });

  it('takes the place of a socket that a dead owner left', async () => {
    await leaveStaleSocket(socket);
    await serve(async () => 0);
    expect(await forwardCommand(socket, command, written())).toBe(0);
  });

  it('says so when the owner ends before it has answered', async () => {
    await serve((_, __, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(1))));
    const answer = forwardCommand(socket, command, written());
    setTimeout(() => void servers[0]!.close(), 50);
    await expect(answer).rejects.toThrow('ended before it answered');
  });

  it('tells a command that its sender has gone', async () => {
    const aborted = new Promise<void>((resolve, reject) => {
      serve((_, __, signal) => new Promise((end) => signal.addEventListener('abort', () => {
        resolve();
        end(1);
      }))).then(() => {
        const sender = net.connect(socket, () => sender.end(`${JSON.stringify(command)}\n`, () => sender.destroy()));
      }, reject);
    });
    await aborted;
  });

  it.each(['not JSON\n', '{"argv":"figures"}\n', '{"argv":[1],"cwd":"/"}\n'])('hangs up on %j', async (words) => {
    const ran = jest.fn(async () => 0);
    await serve(ran);
    const closed = new Promise((resolve) => {
      const sender = net.connect(socket, () => sender.write(words));
      sender.on('close', resolve);
    });
    await closed;
    expect(ran).not.toHaveBeenCalled();
  });

  it('refuses a name too long for a socket instead of cutting it', async () => {
    const long = path.join(newPlace().place, 'x'.repeat(120), 'daybook.sock');
    await expect(serveCommands(long, async () => 0)).rejects.toMatchObject({ code: 'PATH_TOO_LONG' });
    expect(await forwardCommand(long, command, written())).toBeUndefined();
  });
});

/** A socket file that nobody listens on, as a killed process leaves it. */
const leaveStaleSocket = async (socket: string): Promise<void> => {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(`${socket}.before`, resolve));
  fs.renameSync(`${socket}.before`, socket);
  await new Promise((resolve) => server.close(resolve));
};
