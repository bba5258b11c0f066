export { ApiModule } from './api.module';
export type { ApiParts } from './api.module';
export { serveDescription } from './description';
export { CatchingUpError, problem, ProblemError } from './problem';
export type { FieldProblem, Problem } from './problem';
export { problemOf } from './problem-of';
export { ProblemFilter } from './problem.filter';
export { parseStrictJson } from './strict-json';
export { apiDoors } from './api.doors';
