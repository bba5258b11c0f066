export { intelligence } from './domain/intelligence.decider';
export type { IntelligenceRefusal } from './domain/intelligence.errors';
