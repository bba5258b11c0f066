import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { JWK } from 'jose';
import { StoreUnavailableError } from '#kernel';

/** What the identity provider of invented users signs with. */
export interface IdentityKeys {
  /** Private; ES256. */
  readonly signing: JWK & { readonly kid: string };
  readonly cookies: readonly string[];
}

const FILE = 'identity-keys.json';

const newKeys = (): IdentityKeys => ({
  signing: { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kty: 'EC', kid: randomBytes(12).toString('base64url'), use: 'sig', alg: 'ES256' },
  cookies: [randomBytes(32).toString('base64url')],
});

/** Written beside its place and linked there, so that it is there whole or not at all; who comes second takes what is there. */
const write = (file: string, keys: IdentityKeys): void => {
  const making = `${file}.${process.pid}.making`;
  try {
    fs.writeFileSync(making, JSON.stringify(keys), { mode: 0o600, flush: true });
    fs.linkSync(making, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(making, { force: true });
  }
};

/** The keys of the folder's identity provider, made once. @throws StoreUnavailableError when they cannot be read or written */
export const identityKeys = (folder: string): IdentityKeys => {
  const file = path.join(folder, FILE);
  try {
    if (!fs.existsSync(file)) write(file, newKeys());
    return JSON.parse(fs.readFileSync(file, 'utf8')) as IdentityKeys;
  } catch (error) {
    throw new StoreUnavailableError('the keys of the identity provider cannot be used', 'no', { cause: error });
  }
};
