import type { Reader } from '#platform/access';
import { EventCodec, memoryEventStore } from '#platform/event-store';
import type { StoredEvent } from '#platform/event-store';
import { openSpool } from '#platform/spool';
import { memoryKeyStore, openVault } from '#platform/vault';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lookMessage } from './look-feed';
import { Looks } from './looks';
import type { Look } from '../domain/looks';

const reader: Reader = { kind: 'user', id: 'DC 4417', name: 'J. Okafor', role: 'DETECTIVE', agency: 'SYP', multiFactor: true, provedAt: 0, session: 's' };
const codec = new EventCodec();

describe('what security monitoring is told of a look', () => {
  const told = async (look: Look, by: Partial<Reader> = {}) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-feed-'));
    const vault = await openVault(memoryKeyStore());
    const store = memoryEventStore();
    const looks = new Looks({ store, codec, vault, clock: () => Date.parse('2026-06-14T09:00:00Z'), program: 'x', spool: openSpool(path.join(folder, 'looks'), { reserve: 0 }) });
    await looks.record({ ...reader, ...by }, look);
    await looks.close();
    fs.rmSync(folder, { recursive: true });
    const events: StoredEvent[] = [];
    for await (const page of store.readAll('')) events.push(...page);
    return lookMessage(events[0]!, codec, vault);
  };

  it('is its kind, door, route and outcome, with neither user nor record', async () => {
    const line = await told({ kind: 'consultation', door: 'PAGE', route: '/people/:reference', shown: [{ kind: 'person', ids: ['p-1', 'p-2'] }], more: 3, reason: { code: 'OTHER', words: 'Roe' } });
    expect(line).toMatch(/^<110>1 2026-06-14T09:00:00\.000Z \S+ daybook \d+ RecordsConsulted \[daybook@32473 look="[0-9a-f-]{36}" user="[\w-]{43}" role="DETECTIVE" session="[\w-]{43}" door="PAGE" route="\/people\/:reference" outcome="permitted" records="5"\]$/);
    expect(line).not.toMatch(/4417|Okafor|p-1|Roe/);
  });

  it('warns of a denial', async () => {
    const line = await told({ kind: 'denial', door: 'API', route: '/x', record: 'investigation', action: 'read', asked: 'INV-31' });
    expect(line).toMatch(/^<108>1 .* AccessDenied .* outcome="denied" record="investigation" action="read"\]$/);
    expect(line).not.toContain('INV-31');
  });

  it('is nothing of professional standards', async () => {
    expect(await told({ kind: 'consultation', door: 'PAGE', route: '/x', shown: [] }, { role: 'PROFESSIONAL_STANDARDS' })).toBeUndefined();
  });

  it('is nothing of what cannot be read, and no error', async () => {
    const vault = await openVault(memoryKeyStore());
    const bytes = Buffer.from('not JSON');
    expect(lookMessage({ id: 'e', type: 'RecordsConsulted', stream: 'consultation-a', revision: 0, number: 0, position: '1', data: bytes, metadata: bytes }, codec, vault)).toBeUndefined();
  });
});
