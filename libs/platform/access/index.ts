export { Policies } from './policies';
export type { Entity, Named, PolicyText, Question } from './policies';
export { actorOf, isFresh } from './reader';
export type { Reader } from './reader';
