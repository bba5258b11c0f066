import { readSettings } from '#platform/settings';
import { tlsAddresses } from './tls-addresses';

const addresses = (env: Record<string, string>) => tlsAddresses(readSettings(env, '/srv'));

describe('addresses whose certificate may end', () => {
  it('are none on one machine', () => expect(addresses({})).toEqual([]));

  it('are those that people and the program reach by TLS, with the ports that are meant where none is said', () => {
    expect(addresses({
      DAYBOOK_PUBLIC_URL: 'https://daybook.example', DAYBOOK_OIDC_ISSUER: 'https://id.example:8443/realm', DAYBOOK_OIDC_CLIENT_ID: 'daybook', DAYBOOK_ACCESS_FILE: 'access.json',
      DAYBOOK_EVENT_STORE: 'esdb+discover://ops:secret@store-a.example,store-b.example:2114?tls=true', DAYBOOK_REDIS_URL: 'rediss://:secret@redis.example',
    })).toEqual([
      { of: 'public', host: 'daybook.example', port: 443 }, { of: 'identity-provider', host: 'id.example', port: 8443 },
      { of: 'event-store', host: 'store-a.example', port: 2113 }, { of: 'redis', host: 'redis.example', port: 6379 },
    ]);
  });

  it('are none where a connection is in the clear', () => {
    expect(addresses({ DAYBOOK_EVENT_STORE: 'esdb://127.0.0.1:2113?tls=false', DAYBOOK_REDIS_URL: 'redis://127.0.0.1:6379', DAYBOOK_PUBLIC_URL: 'http://127.0.0.1:3000' })).toEqual([]);
  });
});
