export { FactRequest } from './fact-request';
export { Checked, Code, Codes, Day, Flag, Id, Ids, Line, ListOf, Text, Whole } from './fields';
export { InvalidRequestError } from './invalid-request';
export type { InvalidEntry } from './invalid-request';
export { commandIdOf, contextOf, minuteOf, personalOf, textOf } from './sender';
export type { Sender } from './sender';
export { validateRequest } from './validate';
