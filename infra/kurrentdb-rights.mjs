// The rights of the product's account in a KurrentDB, and that nothing in the ledger is limited in age or number.
//   node infra/kurrentdb-rights.mjs set     as an administrator: sets the default rights of streams and who may read $all, then checks
//   node infra/kurrentdb-rights.mjs check   writes nothing; exits 1 and says each fault where something is not as it should be
// KURRENTDB_ADMINISTRATOR and KURRENTDB_PRODUCT are connection strings with the two accounts; they come by the environment, because arguments are seen by every account of a machine.
import { AccessDeniedError, EventStoreDBClient, jsonEvent, START, streamNameFilter, StreamNotFoundError, WrongExpectedVersionError } from '@eventstore/db-client';

const { KURRENTDB_ADMINISTRATOR: administrator, KURRENTDB_PRODUCT: product } = process.env;
const [order] = process.argv.slice(2);
if (!['set', 'check'].includes(order) || !administrator || !product) {
  console.error('node infra/kurrentdb-rights.mjs set|check, with KURRENTDB_ADMINISTRATOR and KURRENTDB_PRODUCT in the environment: esdb://ACCOUNT:PASSWORD@HOST:2113?tls=true');
  process.exit(2);
}
const address = (value) => new URL(value.replace(/^(esdb|kurrentdb)/, 'http').replace(/,[^/?]*/, ''));
const account = decodeURIComponent(address(product).username);
if (account === '' || account === decodeURIComponent(address(administrator).username)) {
  console.error('The product needs an account of its own, that is in no group: whoever is in $admins passes every check of rights.');
  process.exit(2);
}

const ADMINS = '$admins';
const rights = () => ({
  $userStreamAcl: { $r: [account, ADMINS], $w: [account, ADMINS], $d: [ADMINS], $mr: [account, ADMINS], $mw: [ADMINS] },
  $systemStreamAcl: { $r: [ADMINS], $w: [ADMINS], $d: [ADMINS], $mr: [ADMINS], $mw: [ADMINS] },
});
/** What would take events away by and by, or hide them. */
const LIMITS = ['$maxAge', '$maxCount', '$tb'];
/** No stream has this revision: what is asked with it is refused, by rights or by revision, and never done. */
const NEVER = 2n ** 62n;
/** Metadata of a stream without events says what the ledger is; every start reads it ($mr). It is written ($mw) by `daybook init` and by the first start after `daybook migrate`: before `set`, or by an administrator. */
const LEDGER = '$$daybook-ledger';
const NOBODYS = 'daybook-rights-check';

const newest = async (client, stream) => {
  try {
    for await (const { event } of client.readStream(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 1 })) return event.data;
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return undefined;
};

const set = async (admin) => {
  if (JSON.stringify(await newest(admin, '$settings')) !== JSON.stringify(rights())) await admin.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: rights() }));
  await admin.setStreamMetadata('$all', { acl: { readRoles: [account, ADMINS] } });
};

const refusalOf = (asked) => asked.then(() => 'done', (error) => (error instanceof AccessDeniedError ? 'denied' : error instanceof WrongExpectedVersionError ? 'allowed' : Promise.reject(error)));

const accountFaults = async (client) => {
  const event = jsonEvent({ type: 'RightsCheck', data: {} });
  const asked = {
    'append to a stream': [await refusalOf(client.appendToStream(NOBODYS, event, { expectedRevision: NEVER })), 'allowed'],
    'delete a stream': [await refusalOf(client.deleteStream(NOBODYS, { expectedRevision: NEVER })), 'denied'],
    'delete a stream for good': [await refusalOf(client.tombstoneStream(NOBODYS, { expectedRevision: NEVER })), 'denied'],
    'change what a stream keeps': [await refusalOf(client.setStreamMetadata(NOBODYS, { maxCount: 1 }, { expectedRevision: NEVER })), 'denied'],
    'change the default rights': [await refusalOf(client.appendToStream('$settings', event, { expectedRevision: NEVER })), 'denied'],
    'read what the ledger is': [await newest(client, LEDGER).then(() => 'done', (error) => (error instanceof AccessDeniedError ? 'denied' : Promise.reject(error))), 'done'],
    'read everything': [await refusalOf((async () => { for await (const _ of client.readAll({ maxCount: 1 })) break; })()), 'done'],
  };
  return Object.entries(asked).flatMap(([what, [found, wanted]]) => (found === wanted ? [] : [`the account ${account} ${wanted === 'denied' ? 'may' : 'may not'} ${what}`]));
};

const limitedStreams = (admin) => new Promise((resolve, reject) => {
  const newestLimits = new Map();
  const following = admin.subscribeToAll({ fromPosition: START, filter: streamNameFilter({ prefixes: ['$$'] }) });
  following.on('data', ({ event }) => {
    if (!event || event.streamId.startsWith('$$$')) return; // the server's own streams may be limited
    newestLimits.set(event.streamId.slice(2), LIMITS.filter((name) => event.data?.[name] !== undefined));
  });
  following.on('error', reject);
  following.on('caughtUp', () => following.unsubscribe().then(() => resolve([...newestLimits].flatMap(([stream, limits]) => (limits.length > 0 ? [`${stream} is limited by ${limits.join(', ')}`] : []))), reject));
});

const [admin, client] = [EventStoreDBClient.connectionString(administrator), EventStoreDBClient.connectionString(product)];
try {
  if (order === 'set') await set(admin);
  const faults = [...(await accountFaults(client)), ...(await limitedStreams(admin))];
  for (const fault of faults) console.log(fault);
  if (faults.length === 0) console.log(`the account ${account} may read and append, and nothing else; no stream of the ledger is limited`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`not checked: ${error instanceof Error ? error.message : error}`); // the client's messages name no password
  process.exitCode = 4;
} finally {
  await Promise.allSettled([admin.dispose(), client.dispose()]);
}
