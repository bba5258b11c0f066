export { refusalSentence } from './refusals';
