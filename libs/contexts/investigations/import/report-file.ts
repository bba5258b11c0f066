import fs from 'node:fs';
import path from 'node:path';

const FLUSH = 65_536;
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What an import could not use: a CSV file of source file, line and reason code, never the row itself. */
export class ReportFile {
  private readonly fd: number;
  private pending = 'file,line,reason\n';

  constructor(readonly file: string) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.fd = fs.openSync(file, 'w', 0o600);
  }

  add(source: string, line: number, reason: string): void {
    this.pending += `${cell(source)},${line},${reason}\n`;
    if (this.pending.length > FLUSH) this.flush();
  }

  close(): void {
    this.flush();
    fs.closeSync(this.fd);
  }

  /** For an import that stopped before it recorded anything. */
  discard(): void {
    fs.closeSync(this.fd);
    fs.rmSync(this.file, { force: true });
  }

  private flush(): void {
    fs.writeSync(this.fd, this.pending);
    this.pending = '';
  }
}
