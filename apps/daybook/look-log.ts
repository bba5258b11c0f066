import { openEmbeddedReader } from '#platform/event-store';
import type { OpenLog } from '#platform/read-store';

/** The log of looks for its projector and its rebuilds: the ledger's events do not wake them. */
export const openLookLog: OpenLog = (logFile, heads) => openEmbeddedReader(logFile, { view: 'looks', ...(heads ? { heads } : {}) });
