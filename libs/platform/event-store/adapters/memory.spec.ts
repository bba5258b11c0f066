import { eventStoreContract } from '../../../../test/contracts/event-store.contract';
import { memoryEventStore } from './memory';

eventStoreContract('the memory store', async () => memoryEventStore());
