import { StoreUnavailableError } from '#kernel';
import { KEK, KeyEncryptionError, readKekFile, readSecretFile } from './key-encryption';

/** Where the key-encryption key comes from. It is asked for once at start, and when a new key is taken up. */
export interface KekSource {
  /**
   * The key that a file stands for: 32 bytes.
   * @throws KeyEncryptionError when the file holds none; @throws StoreUnavailableError when a service that must open it does not answer
   */
  read(file: string): Promise<Buffer>;
}

/** A key-management service that opens a wrapped key, as the Transit engine of Vault and OpenBao does. */
export interface Kms {
  /** `https://host/v1/transit/decrypt/<name of the key>`; plain http to this machine only. */
  readonly url: string;
  /** File of the token that it wants, readable by its owner alone; none where an agent beside us adds it. */
  readonly tokenFile?: string;
}

/** The file holds the key itself. */
export const kekFromFile: KekSource = { read: async (file) => readKekFile(file) };

/** Longest wait for the service, ms. */
const PATIENCE = 10_000;
const WRAPPED = /^vault:v\d+:[A-Za-z0-9+/=]{16,4096}$/;
const BASE64_OF_32 = /^[A-Za-z0-9+/]{43}=$/;

const asked = async ({ url, tokenFile }: Kms, ciphertext: string): Promise<Response> => {
  const token: Record<string, string> = tokenFile === undefined ? {} : { 'x-vault-token': readSecretFile(tokenFile, 'the token for the key-management service') };
  try {
    return await fetch(url, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(PATIENCE), body: JSON.stringify({ ciphertext }),
      headers: { 'content-type': 'application/json', 'x-vault-request': 'true', ...token },
    });
  } catch {
    // What went wrong may quote an address with its secrets, so it is not passed on.
    throw new StoreUnavailableError('the key-management service does not answer; the keys stay closed until it does', 'no');
  }
};

const plaintextIn = async (answer: Response): Promise<string> => {
  try {
    const { data } = (await answer.json()) as { readonly data?: { readonly plaintext?: unknown } };
    return typeof data?.plaintext === 'string' ? data.plaintext : '';
  } catch {
    return ''; // words that are no JSON may be anything, and are not repeated
  }
};

/** The file holds the key as the service wrapped it (`vault:v1:...`); the service opens it. */
export const kekFromKms = (kms: Kms): KekSource => ({
  read: async (file) => {
    const ciphertext = readSecretFile(file, KEK);
    // A key in clear must not travel, not even to be refused.
    if (!WRAPPED.test(ciphertext)) throw new KeyEncryptionError(`${file} does not hold a key that the key-management service wrapped (vault:v1:...)`);
    const answer = await asked(kms, ciphertext);
    if (answer.status >= 500 || answer.status === 429) throw new StoreUnavailableError(`the key-management service cannot open the key now (HTTP ${answer.status})`, 'no');
    if (!answer.ok) throw new KeyEncryptionError(`the key-management service does not open the key (HTTP ${answer.status}): see its policy and the token`);
    const plaintext = await plaintextIn(answer);
    if (!BASE64_OF_32.test(plaintext)) throw new KeyEncryptionError('what the key-management service opened is not a key of 32 bytes');
    return Buffer.from(plaintext, 'base64');
  },
});
