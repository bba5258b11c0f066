// Preloaded to blind the store: commits are no longer synced while the connection says that they are. What loses nothing even so sees nothing.
const Database = require('better-sqlite3');

const { pragma } = Database.prototype;
Database.prototype.pragma = function (source, options) {
  if (source === 'synchronous = FULL') return pragma.call(this, 'synchronous = NORMAL', options);
  if (source === 'synchronous') return 2;
  return pragma.call(this, source, options);
};
