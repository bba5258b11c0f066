import net from 'node:net';

/** What came back: a status, or that the other side ended the connection without one. */
export type Answered = number | 'closed';

/** One connection that sends raw bytes, one request at a time, and begins a new one when the server has ended it. */
export class Wire {
  private socket: net.Socket | undefined;
  private received = Buffer.alloc(0);
  private settle: ((answer: Answered) => void) | undefined;
  /** Body of the last answer. */
  body = '';

  constructor(private readonly port: number) {}

  /** A connection that was kept may have been ended by the other side meanwhile: then, as every client does, once more on a new one. */
  async send(bytes: Uint8Array): Promise<Answered> {
    const kept = this.socket && !this.socket.destroyed && this.socket.writable ? this.socket : undefined;
    const answered = await this.over(kept ?? this.connect(), bytes);
    return answered === 'closed' && kept && this.received.length === 0 ? this.over(this.connect(), bytes) : answered;
  }

  private over(socket: net.Socket, bytes: Uint8Array): Promise<Answered> {
    this.received = Buffer.alloc(0);
    return new Promise((resolve) => {
      this.settle = resolve;
      socket.write(bytes);
    });
  }

  end(): void {
    this.socket?.destroy();
  }

  private connect(): net.Socket {
    const socket = net.connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => this.take(socket, chunk));
    socket.on('error', () => undefined); // a close follows
    socket.on('close', () => socket === this.socket && this.answer('closed'));
    return (this.socket = socket);
  }

  private take(socket: net.Socket, chunk: Buffer): void {
    if (socket !== this.socket) return;
    this.received = Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    this.body = this.received.toString('utf8', end + 4, end + 4 + length);
    if (/^connection: close$/im.test(head)) {
      this.socket = undefined;
      socket.destroy();
    }
    this.answer(Number(head.slice(9, 12)));
  }

  private answer(answer: Answered): void {
    const settle = this.settle;
    this.settle = undefined;
    settle?.(answer);
  }
}
