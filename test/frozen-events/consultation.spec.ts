import fs from 'node:fs';
import path from 'node:path';
import { intervalOf } from '#kernel';
import type { Envelope } from '#kernel';
import { codec } from '../../apps/daybook/codec';

interface Frozen {
  readonly type: string;
  readonly data: object;
  readonly metadata: Envelope;
}

const folder = path.join(__dirname, 'consultation');
const source = path.join(__dirname, '../../libs/contexts/oversight/domain/consultation.events.ts');
const frozen = fs.readdirSync(folder).map((file): [string, Frozen] => [file, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Frozen]);

describe('the frozen events of the log of looks', () => {
  it('have an example of every event type there is', () => {
    const types = [...fs.readFileSync(source, 'utf8').matchAll(/Message<'(\w+)'/g)].map(([, type]) => type!);
    expect(types.length).toBeGreaterThan(2);
    expect([...new Set(frozen.map(([, { type }]) => type))].sort()).toEqual([...types].sort());
  });

  it.each(frozen)('%s is still read as it was written', (file, { type, data, metadata }) => {
    const read = codec.decode({
      id: '00000000-0000-4000-8000-000000000001', type, stream: 'consultation-a-2026-06-14', revision: 0, number: 0, position: '1',
      data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)),
    });
    expect(file).toBe(`${type}.v${metadata.v}.json`);
    expect({ type: read.type, data: read.data, metadata: read.metadata }).toEqual({ type, data, metadata });
    expect(intervalOf(read.metadata.effectiveAt).earliest).not.toBeNaN();
  });
});
