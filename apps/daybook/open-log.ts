import { openEmbeddedEventStore, openKurrentEventStore } from '#platform/event-store';
import type { EmbeddedEventStore, KurrentEventStore } from '#platform/event-store';
import { FolderError } from '#platform/folder';
import type { Folder } from '#platform/folder';
import type { Settings } from '#platform/settings';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3})$/;

/** What people's lives are written in crosses no network in the clear; nor does the password. @throws FolderError */
export const refusePlainLog = (url: string): void => {
  const hosts = url.replace(/^[^:]+:\/\/([^@/]*@)?/, '').replace(/[/?].*$/, '').split(',').map((host) => host.replace(/:\d+$/, ''));
  if (/[?&]tls=false(&|$)/i.test(url) && !hosts.every((host) => LOOPBACK.test(host)))
    throw new FolderError('PLAIN_LOG', 'DAYBOOK_EVENT_STORE says tls=false: for a live folder the log is reached by TLS, unless it is on this machine');
};

/** With a copy that lacks the newest erasures, the start would leave restored keys alive; with one that lacks anything, figures would be wrong and called ready. */
const wholeCopy = async (store: KurrentEventStore): Promise<KurrentEventStore> => {
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

/**
 * Opens the log that the settings name. Where KurrentDB holds it, this takes until the copy on this host has what the server has, minutes for a first one.
 * @throws StoreUnavailableError, FolderError
 */
export const openLog = async ({ eventStore }: Settings, { log, kind }: Folder): Promise<EmbeddedEventStore> => {
  if (eventStore === undefined) return openEmbeddedEventStore({ file: log });
  if (kind === 'live') refusePlainLog(eventStore);
  return wholeCopy(await openKurrentEventStore({ url: eventStore, file: log }));
};
