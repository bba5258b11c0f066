import path from 'node:path';
import { compiled, fromRoot } from './compiled';
import { readSettings, SettingsError } from './settings';

const problemsOf = (env: Record<string, string>): SettingsError => {
  try {
    readSettings(env, '/srv');
  } catch (error) {
    return error as SettingsError;
  }
  throw new Error('the settings were accepted');
};

describe('the settings', () => {
  it('are those of one machine when nothing is set', () => {
    expect(readSettings({}, '/srv')).toMatchObject({
      data: '/srv/daybook-data', keys: '/srv/daybook-keys', listen: '127.0.0.1', port: 3000,
    });
  });

  it('take an empty variable for unset', () => {
    expect(readSettings({ DAYBOOK_DATA: '', DAYBOOK_REDIS_URL: '', DAYBOOK_PORT: '' }, '/srv')).toEqual(readSettings({}, '/srv'));
  });

  it('are read as they are given, paths from the working folder', () => {
    const env = { DAYBOOK_DATA: 'book', DAYBOOK_KEYS: '/keys', DAYBOOK_KEK_FILE: 'kek', DAYBOOK_LISTEN: '::1', DAYBOOK_PORT: '0', DAYBOOK_HOME_AREA: 'Luton', DAYBOOK_EVENT_STORE: 'embedded' };
    expect(readSettings(env, '/srv')).toMatchObject({
      data: '/srv/book', keys: '/keys', kekFile: '/srv/kek', listen: '::1', port: 0, homeArea: 'Luton',
    });
  });

  it('cannot be changed afterwards', () => expect(Object.isFrozen(readSettings({}))).toBe(true));

  it('name every variable that is wrong at once, and no value', () => {
    const error = problemsOf({
      DAYBOOK_PORT: '70000', DAYBOOK_LISTEN: '0.0.0.0', DAYBOOK_EVENT_STORE: 'https://admin:secret@host', DAYBOOK_REDIS_URL: 'host:6379',
    });
    expect(error).toBeInstanceOf(SettingsError);
    expect(error.problems.map(({ variable }) => variable).sort()).toEqual(
      ['DAYBOOK_EVENT_STORE', 'DAYBOOK_LISTEN', 'DAYBOOK_PORT', 'DAYBOOK_REDIS_URL']);
    expect(error.message).not.toContain('secret');
  });

  it.each(['esdb://a:2113', 'kurrentdb+discover://user:secret@a.example?tls=true&tlsCaFile=/etc/ca.crt&maxAppendSize=16767216', 'esdb://a,b,c?tls=false', 'esdb://a?tlsVerifyCert=true'])(
    'take %s as a place of the log', (url) => expect(readSettings({ DAYBOOK_EVENT_STORE: url }, '/srv').eventStore).toBe(url));

  it.each([['an unknown parameter', 'esdb://a:secret@b?colour=red', 'not known'], ['a name that is spelt otherwise', 'esdb://a:secret@b?t_l_s=false', 'not known'],
    ['another word', 'esdb://a:secret@b?tls=no', 'tls=true or tls=false'], ['a word in disguise', 'esdb://a:secret@b?tls=%66alse', 'tls=true or tls=false'],
    ['two words', 'esdb://a:secret@b?tls=true&TLS=false', 'twice'], ['certificates unchecked', 'esdb://a:secret@b?tlsVerifyCert=false', 'cannot leave certificates unchecked']])(
    'do not take a place of the log with %s', (_, url, words) => {
      const { message } = problemsOf({ DAYBOOK_EVENT_STORE: url });
      expect(message).toContain(words);
      expect(message).not.toContain('secret');
    });

  it.each(['redis://127.0.0.1:6379', 'redis://127.0.0.1', 'rediss://user:pass%40word@redis.force.police.uk:6380/3', 'redis://[::1]:6379/'])('take %s as a place for jobs', (redis) => {
    expect(readSettings({ DAYBOOK_REDIS_URL: redis }, '/srv').redis).toBe(redis);
  });

  it.each(['localhost:6379', 'http://127.0.0.1:6379', 'redis://', 'redis://host/db', 'redis://host?family=6', 'redis://host#x', 'redis://ho st', 'redis://host/1/2'])('do not take %s as a place for jobs', (redis) => {
    expect(() => readSettings({ DAYBOOK_REDIS_URL: redis }, '/srv')).toThrow(/^DAYBOOK_REDIS_URL must be redis:/);
  });

  it.each(['esdb://a:2113', 'esdb+discover://a:2113', 'kurrentdb://a', 'esdb://admin:secret@a:2113,b:2113,c:2113?tls=true&tlsCAFile=/etc/ca.pem'])('know a log in KurrentDB at %s', (url) => {
    expect(readSettings({ DAYBOOK_EVENT_STORE: url }).eventStore).toBe(url);
  });

  it.each(['esdb://', 'esdb://a:b:c', 'esdb://a?tls', 'http://a:2113', 'esdb://a b'])('refuse %s as the address of a log', (url) => {
    expect(problemsOf({ DAYBOOK_EVENT_STORE: url }).problems).toEqual([{ variable: 'DAYBOOK_EVENT_STORE', rule: expect.stringContaining('connection string') as string }]);
  });

  it('know where snapshots are, for a process over a log in KurrentDB alone', () => {
    expect(readSettings({ DAYBOOK_SNAPSHOT: 'snapshots', DAYBOOK_EVENT_STORE: 'esdb://a:2113' }, '/srv').snapshot).toBe('/srv/snapshots');
    for (const alone of [{ DAYBOOK_SNAPSHOT: 'snapshots' }, { DAYBOOK_SNAPSHOT: 'snapshots', DAYBOOK_EVENT_STORE: 'embedded' }])
      expect(problemsOf(alone as Record<string, string>).problems).toEqual([{ variable: 'DAYBOOK_SNAPSHOT', rule: expect.stringContaining('needs DAYBOOK_EVENT_STORE') as string }]);
  });

  const oidc = { DAYBOOK_OIDC_ISSUER: 'https://id.example/realm', DAYBOOK_OIDC_CLIENT_ID: 'daybook' };

  it('know the identity provider of the force, and what browsers see', () => {
    const env = { ...oidc, DAYBOOK_OIDC_SECRET_FILE: 'secret', DAYBOOK_ACCESS_FILE: 'access.json', DAYBOOK_PUBLIC_URL: 'https://daybook.example/', DAYBOOK_TRUST_PROXY: '1', DAYBOOK_LISTEN: '0.0.0.0' };
    expect(readSettings(env, '/srv')).toMatchObject({
      listen: '0.0.0.0',
      signIn: { oidc: { issuer: 'https://id.example/realm', clientId: 'daybook', secretFile: '/srv/secret' }, accessFile: '/srv/access.json', publicUrl: 'https://daybook.example', trustProxy: 1 },
    });
    expect(readSettings({}, '/srv').signIn).toEqual({ trustProxy: 0 });
  });

  it.each([
    ['an identity provider without TLS', { ...oidc, DAYBOOK_OIDC_ISSUER: 'http://id.example' }, 'DAYBOOK_OIDC_ISSUER'],
    ['no name for us at the identity provider', { DAYBOOK_OIDC_ISSUER: 'https://id.example' }, 'DAYBOOK_OIDC_CLIENT_ID'],
    ['a name at no identity provider', { DAYBOOK_OIDC_CLIENT_ID: 'daybook' }, 'DAYBOOK_OIDC_CLIENT_ID'],
    ['other machines and no identity provider', { DAYBOOK_LISTEN: '0.0.0.0' }, 'DAYBOOK_LISTEN'],
    ['a public address and no identity provider', { DAYBOOK_PUBLIC_URL: 'https://daybook.example' }, 'DAYBOOK_PUBLIC_URL'],
    ['other machines and no public address', { ...oidc, DAYBOOK_LISTEN: '0.0.0.0' }, 'DAYBOOK_PUBLIC_URL'],
    ['a public address with a path', { ...oidc, DAYBOOK_PUBLIC_URL: 'https://example.org/daybook' }, 'DAYBOOK_PUBLIC_URL'],
    ['a public address without TLS', { ...oidc, DAYBOOK_PUBLIC_URL: 'http://daybook.example' }, 'DAYBOOK_PUBLIC_URL'],
    ['a public address with a password', { ...oidc, DAYBOOK_PUBLIC_URL: 'https://me:open-sesame@daybook.example' }, 'DAYBOOK_PUBLIC_URL'],
    ['a name to listen on', { ...oidc, DAYBOOK_LISTEN: 'daybook.example', DAYBOOK_PUBLIC_URL: 'https://daybook.example' }, 'DAYBOOK_LISTEN'],
    ['trust in everybody', { ...oidc, DAYBOOK_TRUST_PROXY: 'true' }, 'DAYBOOK_TRUST_PROXY'],
  ])('refuse %s', (_, env, variable) => {
    const error = problemsOf(env);
    expect(error.problems.map((problem) => problem.variable)).toEqual([variable]);
    expect(error.message).not.toContain('sesame');
  });

  it('notice a misspelt variable', () => {
    expect(problemsOf({ DAYBOOK_DATE: '/srv' }).message).toContain('misspelt');
  });

  it('take how many requests a minute are answered', () => {
    const env = { DAYBOOK_RATE_LIMIT: '600000', DAYBOOK_RATE_LIMIT_SIGN_IN: '20' };
    expect(readSettings(env, '/srv').rates).toEqual({ reader: 600_000, signIn: 20 });
    expect(problemsOf({ DAYBOOK_RATE_LIMIT: '0', DAYBOOK_RATE_LIMIT_ADDRESS: '1e3', DAYBOOK_RATE_LIMIT_SIGN_IN: 'none' }).problems).toHaveLength(3);
  });

  it.each(['https://vault.example:8200/v1/transit/decrypt/daybook', 'http://127.0.0.1:8200/v1/transit/decrypt/daybook', 'http://[::1]:8200/v1/team/transit/decrypt/day-book'])(
    'take a key-management service at %s', (url) => {
      const env = { DAYBOOK_KEK_FILE: 'kek', DAYBOOK_KMS_URL: url };
      expect(readSettings(env, '/srv').kms).toEqual({ url });
      expect(readSettings({ ...env, DAYBOOK_KMS_TOKEN_FILE: 'token' }, '/srv').kms).toEqual({ url, tokenFile: '/srv/token' });
    });

  it.each(['http://vault.example/v1/transit/decrypt/daybook', 'https://me:secret@vault.example/v1/transit/decrypt/daybook', 'https://vault.example/v1/transit/encrypt/daybook', 'https://vault.example/v1/transit/decrypt/a?x=1', 'vault', 'file:///v1/transit/decrypt/a'])(
    'refuse a key-management service at %s', (url) => {
      const { message } = problemsOf({ DAYBOOK_KEK_FILE: 'kek', DAYBOOK_KMS_URL: url });
      expect(message).toContain('DAYBOOK_KMS_URL must be the address');
      expect(message).not.toContain('secret');
    });

  it('want the wrapped key of a key-management service, and the service of a token', () => {
    expect(problemsOf({ DAYBOOK_KMS_URL: 'https://vault.example/v1/transit/decrypt/a' }).message).toContain('needs DAYBOOK_KEK_FILE');
    expect(problemsOf({ DAYBOOK_KMS_TOKEN_FILE: 'token' }).message).toContain('needs DAYBOOK_KMS_URL');
  });

  it('leave the variables of other programs alone', () => expect(readSettings({ REDIS_URL: 'x' }, '/srv').port).toBe(3000));
});

describe('the place of compiled code', () => {
  it('is under dist for a source file', () => {
    expect(compiled(fromRoot('apps', 'cli', 'main.ts'))).toBe(fromRoot('dist', 'apps', 'cli', 'main.js'));
  });

  it('is the file itself when it is compiled', () => expect(compiled('/x/main.js')).toBe('/x/main.js'));

  it('starts at the folder of package.json', () => expect(path.basename(fromRoot('package.json'))).toBe('package.json'));
});

describe('where security monitoring is told', () => {
  it.each([
    ['file:/var/log/daybook-audit.log', { kind: 'file', path: '/var/log/daybook-audit.log' }],
    ['syslog+tls://siem.example:6514', { kind: 'tls', host: 'siem.example', port: 6514 }],
    ['syslog+tcp://[::1]:601', { kind: 'tcp', host: '::1', port: 601 }],
  ])('is %s', (value, siem) => expect(readSettings({ DAYBOOK_SIEM_TO: value }).siem).toEqual(siem));

  it.each(['file:audit.log', 'syslog://siem:514', 'syslog+udp://siem:514', 'syslog+tls://siem', 'syslog+tcp://siem:0', 'syslog+tcp://a b:1'])(
    'is not %s', (value) => expect(() => readSettings({ DAYBOOK_SIEM_TO: value })).toThrow('DAYBOOK_SIEM_TO must be file:'));

  it('is nowhere unless it is said', () => expect(readSettings({}).siem).toBeUndefined());
});

describe('the PostgreSQL of the state', () => {
  const given = (url: string, more: Record<string, string> = {}) => readSettings({ DAYBOOK_STATE_URL: url, ...more }, '/srv').state;

  it.each([
    ['postgres://daybook@db.example/ledger', { host: 'db.example', port: 5432, database: 'ledger', user: 'daybook', tls: true }],
    ['postgresql://daybook@db.example:6432/ledger?sslrootcert=ca.pem&sslmode=verify-full', { host: 'db.example', port: 6432, database: 'ledger', user: 'daybook', tls: true, caFile: '/srv/ca.pem' }],
    ['postgres://daybook@db.example/ledger?sslmode=disable', { host: 'db.example', port: 5432, database: 'ledger', user: 'daybook', tls: false }],
    ['postgres://day%40book:s%2Fp@127.0.0.1/ledger', { host: '127.0.0.1', port: 5432, database: 'ledger', user: 'day@book', password: 's/p', tls: false }],
    ['postgres://daybook@[::1]/ledger?sslmode=verify-full', { host: '::1', port: 5432, database: 'ledger', user: 'daybook', tls: true }],
    ['postgres://daybook@%2Fvar%2Frun%2Fpostgresql/ledger', { host: '/var/run/postgresql', port: 5432, database: 'ledger', user: 'daybook', tls: false }],
  ])('is at %s, encrypted and checked over a network unless that is said to be off', (url, state) => expect(given(url)).toEqual(state));

  it('may have its password in a file', () =>
    expect(given('postgres://daybook@db.example/ledger', { DAYBOOK_STATE_PASSWORD_FILE: 'pw' })).toMatchObject({ passwordFile: '/srv/pw' }));

  it.each([
    'db.example', 'mysql://a@b/c', 'postgres://db.example/ledger', 'postgres://a@b', 'postgres://a@b/c/d', 'postgres://a@b/c?sslmode=require', 'postgres://a@b/c?sslmode=prefer',
    'postgres://a@b/c?sslmode=disable&sslmode=verify-full', 'postgres://a:secret@b/c?options=-c', 'postgres://a:secret@localhost/c?sslrootcert=ca.pem', 'postgres://a@b/c#x',
  ])('is not at %s', (url) => {
    const { problems, message } = problemsOf({ DAYBOOK_STATE_URL: url, DAYBOOK_PORT: 'x' });
    expect(problems.map(({ variable }) => variable).sort()).toEqual(['DAYBOOK_PORT', 'DAYBOOK_STATE_URL']);
    expect(message).not.toContain('secret');
  });

  it('wants one password, and no password for nothing', () => {
    expect(problemsOf({ DAYBOOK_STATE_PASSWORD_FILE: 'pw' }).message).toContain('needs DAYBOOK_STATE_URL');
    expect(problemsOf({ DAYBOOK_STATE_PASSWORD_FILE: 'pw', DAYBOOK_STATE_URL: 'postgres://a:secret@b/c' }).message).toContain('give one of them');
  });
});
