export { FactRequest } from './fact-request';
export type { EnvelopeSaid } from './fact-request';
export { Checked, Code, Codes, Day, EffectiveAtField, Flag, Id, Ids, Line, ListOf, Text, Whole } from './fields';
export { InvalidRequestError } from './invalid-request';
export type { InvalidEntry } from './invalid-request';
export { commandIdOf, contextOf, correctingContext, minuteOf, personalOf, saidIn, textOf, voidingContext } from './sender';
export type { Sender } from './sender';
export { validateRequest } from './validate';
