export type { KeyStore } from './key-store';
export type { Sealable, Vault } from './vault';
