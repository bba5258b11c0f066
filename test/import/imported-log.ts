import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codec } from '../../apps/daybook/codec';
import { importPoliceUk } from '../../libs/contexts/investigations/import/police-uk';
import type { ImportSummary } from '../../libs/contexts/investigations/import/police-uk';
import { InvestigationReader } from '../../libs/contexts/investigations/read/investigation-reader';
import { investigationProjections } from '../../libs/contexts/investigations/read/investigation.projection';
import type { RecordedEvent } from '#kernel';
import { Ledger, memoryEventStore, START } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { memoryKeyStore, openVault } from '#platform/vault';
import { MemoryReads } from '../support/memory-reads';

/** A log in memory that police.uk files are imported into, at a fixed time, and read models of it. */
export class ImportedLog {
  static readonly now = Date.parse('2026-03-01T09:00:00Z');

  private constructor(readonly store: EventStore, private readonly ledger: Ledger, readonly folder: string) {}

  static async open(): Promise<ImportedLog> {
    const store = memoryEventStore();
    const ledger = new Ledger(store, codec, await openVault(memoryKeyStore()), () => ImportedLog.now, 'daybook test');
    return new ImportedLog(store, ledger, fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-import-')));
  }

  import(...paths: readonly string[]): Promise<ImportSummary> {
    return importPoliceUk({ paths, ledger: this.ledger, dataFolder: this.folder, now: () => ImportedLog.now });
  }

  async events(): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const page of this.store.readAll(START)) events.push(...page.map((event) => codec.decode(event)));
    return events;
  }

  /** Read models made from the log as it is now. */
  async reads(): Promise<MemoryReads> {
    const reads = new MemoryReads(investigationProjections);
    reads.db.raw.exec('BEGIN');
    for (const event of await this.events()) reads.apply(event);
    reads.db.raw.exec('COMMIT');
    return reads;
  }

  async questions(): Promise<InvestigationReader> {
    return new InvestigationReader(await this.reads(), () => ImportedLog.now);
  }

  async close(): Promise<void> {
    await this.store.close();
    fs.rmSync(this.folder, { recursive: true });
  }
}
