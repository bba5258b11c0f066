import fs from 'node:fs';
import path from 'node:path';
import { intelligence } from '#contexts/intelligence';
import { investigation, investigationProjections } from '#contexts/investigations';
import { nominal, nominalProjections } from '#contexts/nominals';
import { accessList, dataSubject, oversightProjections, userPost } from '#contexts/oversight';
import { fold, intervalOf } from '#kernel';
import type { Decider, Message, RecordedEvent } from '#kernel';
import type { Projection } from '#platform/read-store';
import { codec } from '../../apps/daybook/codec';

interface Frozen {
  readonly type: string;
  readonly data: object;
  readonly metadata: { readonly v: number };
}

const root = path.join(__dirname, '../..');
const contexts = [
  { name: 'investigation', source: 'libs/contexts/investigations/domain/investigation.events.ts', decider: investigation as unknown as Decider<never, unknown, Message>, projections: investigationProjections, first: 'InvestigationOpened' },
  { name: 'nominal', source: 'libs/contexts/nominals/domain/nominal.events.ts', decider: nominal as unknown as Decider<never, unknown, Message>, projections: nominalProjections, first: 'PersonRegistered' },
  { name: 'accessList', source: 'libs/contexts/oversight/domain/access-list.events.ts', decider: accessList as unknown as Decider<never, unknown, Message>, projections: oversightProjections, first: 'AccessGranted' },
  { name: 'intelligence', source: 'libs/contexts/intelligence/domain/intelligence.events.ts', decider: intelligence as unknown as Decider<never, unknown, Message>, projections: [], first: 'IntelligenceSubmitted' },
  { name: 'user', source: 'libs/contexts/oversight/domain/post.events.ts', decider: userPost as unknown as Decider<never, unknown, Message>, projections: oversightProjections, first: 'PostTaken' },
  { name: 'dataSubject', source: 'libs/contexts/oversight/domain/data-subject.events.ts', decider: dataSubject as unknown as Decider<never, unknown, Message>, projections: oversightProjections, first: 'ErasureRequested' },
] as const;

const frozenIn = (name: string): [string, Frozen][] => {
  const folder = path.join(__dirname, name);
  return fs.readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => [file, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Frozen]);
};

const decoded = ({ type, data, metadata }: Frozen, stream: string, revision: number): RecordedEvent => codec.decode({
  id: `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`, type, stream, revision, number: revision, position: String(revision + 1),
  data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)),
});

const applied = (projection: Projection, events: readonly RecordedEvent[]): number => {
  const state = projection.open(events[0]!.stream);
  return events.reduce((patches, event) => patches + projection.apply(state, event).length, 0);
};

describe.each(contexts)('the frozen events of $name', ({ name, source, decider, projections, first }) => {
  const frozen = frozenIn(name);

  it('have an example of every event type there is', () => {
    const types = [...fs.readFileSync(path.join(root, source), 'utf8').matchAll(/Message<'(\w+)'/g)].map(([, type]) => type!);
    expect(types.length).toBeGreaterThan(1);
    expect([...new Set(types)].filter((type) => !frozen.some(([, event]) => event.type === type))).toEqual([]);
  });

  it('have an example of every shape that a type has had', () => {
    const missing = frozen.flatMap(([, event]) => {
      const { type, metadata } = decoded(event, `${name}-a`, 0);
      return Array.from({ length: metadata.v }, (_, i) => `${type}.v${i + 1}.json`).filter((file) => !frozen.some(([known]) => known === file));
    });
    expect(missing).toEqual([]);
  });

  it.each(frozen)('%s is still read as it was written', (file, event) => {
    const { type, data, metadata } = decoded(event, `${name}-a`, 0);
    const { v, ...envelope } = event.metadata;
    expect(file).toBe(`${type}.v${v}.json`);
    expect(metadata.v).toBeGreaterThanOrEqual(v);
    expect({ data, metadata }).toEqual({ data: event.data, metadata: { ...envelope, v: metadata.v } });
    expect(intervalOf(metadata.effectiveAt).earliest).not.toBeNaN();
  });

  it('fold through the rules and the read models, all of them in one stream', () => {
    const inOrder = [...frozen].sort(([, a], [, b]) => Number(b.type === first) - Number(a.type === first));
    const events = inOrder.map(([, event], revision) => decoded(event, `${name}-a`, revision));
    expect(fold(decider, events.slice(0, 1))).not.toEqual(decider.initialState);
    expect(fold(decider, events)).toBeDefined();
    for (const projection of projections.filter(({ category }) => category === name)) expect(applied(projection, events)).toBeGreaterThan(0);
  });
});
