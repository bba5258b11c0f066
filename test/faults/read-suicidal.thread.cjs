// A projector that kills its whole process before or after its n-th statement, so that every gap between two durable steps is hit.
const Database = require('better-sqlite3');

const last = Number(process.env.KILL_AT_STATEMENT);
let statements = 0;
const die = () => process.kill(process.pid, 'SIGKILL');
const dying = (method) => function (...values) {
  const due = ++statements === last;
  if (due && last % 2 === 0) die();
  const answer = method.apply(this, values);
  if (due) die();
  return answer;
};
const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'));
statement.run = dying(statement.run);
Database.prototype.exec = dying(Database.prototype.exec);

require('../support/parcels.thread.cjs');
