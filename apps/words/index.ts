export { ambiguousReference } from './references';
export { refusalSentence } from './refusals';
