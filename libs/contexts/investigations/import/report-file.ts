import fs from 'node:fs';
import path from 'node:path';

const FLUSH = 65_536;
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What an import could not use: a CSV file of source file, line and reason code, never the row itself. */
export class ReportFile {
  private pending = 'file,line,reason\n';

  private constructor(readonly file: string, private readonly fd: number) {}

  /** A new file `NAME.csv` in this folder; `NAME-2.csv` and so on where there is one already. */
  static make(folder: string, name: string): ReportFile {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let n = 1; ; n++) {
      const file = path.join(folder, n === 1 ? `${name}.csv` : `${name}-${n}.csv`);
      if (!fs.existsSync(file)) return new ReportFile(file, fs.openSync(file, 'wx', 0o600));
    }
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
