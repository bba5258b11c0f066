const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** How work ended that threw: its code, never its words. */
export const outcomeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' && CODE.test(code) ? code : 'FAULT';
};
