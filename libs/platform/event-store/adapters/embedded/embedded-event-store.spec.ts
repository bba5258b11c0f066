import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventStoreContract } from '../../../../../test/contracts/event-store.contract';
import { openEmbeddedEventStore } from './embedded-event-store';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-store-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newFile = (): string => path.join(folder, `log-${files++}.db`);

eventStoreContract('the embedded store', () => openEmbeddedEventStore({ file: newFile() }));
