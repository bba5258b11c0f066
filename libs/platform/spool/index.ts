export { openSpool, Spool } from './spool';
