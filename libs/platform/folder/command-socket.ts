import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { StoreUnavailableError } from '#kernel';
import { FolderError } from './errors';

/** A command line, as the owner of the folder is to run it for another process. */
export interface ForwardedCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Whether the sender's stderr is a terminal. */
  readonly isTTY: boolean;
  readonly columns: number;
}

/** Where a command's words go: results to `out`, messages for people to `err`. */
export interface CommandOutput {
  out(text: string): void;
  err(text: string): void;
}

/** Runs a command and gives its exit code. The signal tells that the sender has gone away. */
export type RunForwarded = (command: ForwardedCommand, output: CommandOutput, signal: AbortSignal) => Promise<number>;

type Line = { readonly out: string } | { readonly err: string } | { readonly exit: number };

/** Bytes that the name of a Unix socket may have everywhere. */
const NAME_BYTES = 103;
const REQUEST_BYTES = 1024 * 1024;

const addressOf = (socket: string): string | undefined =>
  [socket, path.relative(process.cwd(), socket)].find((name) => Buffer.byteLength(name) <= NAME_BYTES);

// Readers of lines also break at these two, which JSON leaves as they are.
const oneLine = (line: Line): string => JSON.stringify(line).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

const serve = async (connection: net.Socket, run: RunForwarded): Promise<void> => {
  const gone = new AbortController();
  connection.on('error', () => gone.abort());
  connection.on('close', () => gone.abort());
  const say = (line: Line): void => void (connection.writable && connection.write(`${oneLine(line)}\n`));
  const command = await requestOn(connection);
  if (!command) return void connection.destroy();
  const exit = await run(command, { out: (out) => say({ out }), err: (err) => say({ err }) }, gone.signal);
  say({ exit });
  connection.end();
};

const requestOn = (connection: net.Socket): Promise<ForwardedCommand | undefined> =>
  new Promise((resolve) => {
    let text = '';
    connection.setEncoding('utf8');
    connection.on('close', () => resolve(undefined));
    connection.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > REQUEST_BYTES) return resolve(undefined);
      if (text.includes('\n')) resolve(parsed(text.slice(0, text.indexOf('\n'))));
    });
  });

const parsed = (line: string): ForwardedCommand | undefined => {
  try {
    const command = JSON.parse(line) as ForwardedCommand;
    return Array.isArray(command.argv) && command.argv.every((word) => typeof word === 'string') && typeof command.cwd === 'string' ? command : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Listens for commands of other processes of the same account. Only the holder of the folder may call it: a socket that a dead owner left is removed.
 * @throws FolderError when the folder's path is too long for a socket
 */
export const serveCommands = async (socket: string, run: RunForwarded): Promise<{ close(): Promise<void> }> => {
  const address = addressOf(socket);
  if (address === undefined) throw new FolderError('PATH_TOO_LONG', `${socket} is too long a name for a socket (${NAME_BYTES} bytes); choose a shorter DAYBOOK_DATA`);
  const open = new Map<net.Socket, Promise<void>>();
  const server = net.createServer((connection) => {
    const served = serve(connection, run).catch(() => void connection.destroy()).finally(() => open.delete(connection));
    open.set(connection, served);
  });
  fs.rmSync(socket, { force: true });
  await listen(server, address);
  return {
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      const running = [...open.values()];
      for (const connection of open.keys()) connection.destroy();
      await Promise.all([closed, ...running]);
    },
  };
};

const listen = (server: net.Server, address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const before = process.umask(0o177);
    server.once('error', reject).listen(address, () => resolve());
    process.umask(before);
  });

/**
 * Has the owner of a folder run a command and passes its words on. Gives its exit code, or undefined when nobody listens.
 * @throws StoreUnavailableError when the owner ended before it answered
 */
export const forwardCommand = async (socket: string, command: ForwardedCommand, output: CommandOutput): Promise<number | undefined> => {
  const address = addressOf(socket);
  const connection = address === undefined ? undefined : await connected(address);
  if (!connection) return undefined;
  connection.write(`${JSON.stringify(command)}\n`);
  let exit: number | undefined;
  for await (const text of readline.createInterface({ input: connection, crlfDelay: Infinity })) {
    const line = JSON.parse(text) as Line;
    if ('out' in line) output.out(line.out);
    else if ('err' in line) output.err(line.err);
    else exit = line.exit;
  }
  if (exit === undefined) throw new StoreUnavailableError('the program that owns this folder ended before it answered');
  return exit;
};

const connected = (address: string): Promise<net.Socket | undefined> =>
  new Promise((resolve, reject) => {
    const connection = net.connect(address, () => resolve(connection));
    connection.on('error', (error: NodeJS.ErrnoException) => (['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(undefined) : reject(error)));
  });
