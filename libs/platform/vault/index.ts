export { copyKeysBack, FileKeyStore, openFileKeyStore } from './file-key-store';
export type { FileKeyStoreOptions } from './file-key-store';
export { KeyEncryptionError, makeKekFile } from './key-encryption';
export type { KeyStore } from './key-store';
export { memoryKeyStore } from './memory-key-store';
export { KeyMissingError, openVault, sealedUnder } from './sealing-vault';
export type { Sealable, Vault } from './vault';
