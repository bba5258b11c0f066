import { eventStoreContract } from '../contracts/event-store.contract';
import { aServer, aStoreOf, isReal, underNewNames } from './server';
import type { ServerUnderTest } from './server';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server.stop());

// The server of the tests keeps nine bytes of its own with each event.
eventStoreContract('the log in KurrentDB', async () => underNewNames(await aStoreOf(server.url)), { overhead: isReal ? 0 : 9 });
