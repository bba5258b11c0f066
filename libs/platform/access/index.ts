export { actorOf, isFresh, STEP_UP } from './reader';
export type { Reader } from './reader';
