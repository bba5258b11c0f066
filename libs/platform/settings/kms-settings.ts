const LOOPBACK = /^(localhost|::1|\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

/** What is wrong with the address of a key-management service; undefined when nothing is. */
export const kmsRule = (value: string): string | undefined => {
  const fault = 'must be the address that opens a wrapped key, such as https://vault.example/v1/transit/decrypt/daybook: https, or http to this machine, without a password';
  if (!URL.canParse(value)) return fault;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(value);
  const safe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return safe && /\/decrypt\/[\w.-]+$/.test(pathname) && username + password + search + hash === '' ? undefined : fault;
};

/** What the settings of a key-management service demand of each other. */
export const kmsProblems = (value: Readonly<Record<string, string | undefined>>): { readonly variable: string; readonly rule: string }[] => [
  ...(value.DAYBOOK_KMS_URL && !value.DAYBOOK_KEK_FILE ? [{ variable: 'DAYBOOK_KMS_URL', rule: 'needs DAYBOOK_KEK_FILE: the file of the key that the service wrapped' }] : []),
  ...(value.DAYBOOK_KMS_TOKEN_FILE && !value.DAYBOOK_KMS_URL ? [{ variable: 'DAYBOOK_KMS_TOKEN_FILE', rule: 'needs DAYBOOK_KMS_URL' }] : []),
];
