import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExpectedRevision } from '../../event-store';
import type { WireAppend } from './append-wire';
import { LogReader } from './log-reader';
import { CONFLICT, LogWriter, RESULT_WIDTH } from './log-writer';

const one = (stream: string, expected: ExpectedRevision): WireAppend => ({
  stream, expected, events: [{ id: Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), type: 'Noted', data: Buffer.from('{}'), metadata: Buffer.from('{}') }],
});

describe('the copy of another log', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-copying-'));
  const file = path.join(folder, 'log.db');
  let writer: LogWriter;
  beforeEach(() => { writer = new LogWriter(file); });
  afterEach(() => {
    writer.close();
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const stored = (): string[] => {
    const reader = new LogReader(file);
    try {
      return reader.page('', 100).events.map(({ stream, revision, number, position }) => `${position} ${stream}/${revision} #${number}`);
    } finally {
      reader.close();
    }
  };

  it('takes the events of a group in their order', () => {
    writer.copy([one('case-1', 'no_stream'), one('$own', 'no_stream'), one('case-1', 0)], 0);
    expect(stored()).toEqual(['1 case-1/0 #0', '2 $own/0 #-1', '3 case-1/1 #1']);
  });

  it('takes nothing of a group when one of its events does not continue its stream, and goes on with the next group', () => {
    writer.copy([one('case-1', 'no_stream')], 0);
    const results = writer.copy([one('case-2', 'no_stream'), one('case-1', 3), one('case-3', 'no_stream')], 1);
    expect(results[RESULT_WIDTH]).toBe(CONFLICT);
    expect(stored()).toEqual(['1 case-1/0 #0']);
    writer.copy([one('case-2', 'no_stream'), one('case-1', 0)], 1);
    expect(stored()).toEqual(['1 case-1/0 #0', '2 case-2/0 #1', '3 case-1/1 #2']);
  });

  it('does not let a group take the place of the one before it that failed', () => {
    writer.copy([one('case-1', 'no_stream')], 0);
    expect(() => writer.copy([one('case-9', 'no_stream')], 3)).toThrow(expect.objectContaining({ reason: 'OUT_OF_TURN', written: 'no', fatal: false }));
    expect(stored()).toHaveLength(1);
  });

  it('leaves what stands there', () => {
    const [first, second] = [one('case-1', 'no_stream'), one('case-1', 0)];
    writer.copy([first], 0);
    writer.copy([first, second], 1);
    expect(stored()).toEqual(['1 case-1/0 #0', '2 case-1/1 #1']);
  });
});
