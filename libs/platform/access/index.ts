export { Policies } from './policies';
export type { Entity, Named, PolicyText, Question } from './policies';
export { actorOf, isFresh, STEP_UP } from './reader';
export type { Reader } from './reader';
