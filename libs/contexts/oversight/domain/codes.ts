/** Value lists of oversight. Codes are stored for ever: add, never rename. */
export const userRoles = [
  'ANALYST', 'DETECTIVE', 'SUPERVISOR', 'INTEL_UNIT', 'SOURCE_UNIT', 'DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS', 'PARTNER', 'ADMIN', 'SYSTEM',
] as const;
/** What a user is here to do; each has one. SYSTEM: the account that runs the command line. */
export type UserRole = (typeof userRoles)[number];

/** What the review of a break-glass came to: whether there was need of it. */
export const breakGlassFindings = ['JUSTIFIED', 'NOT_JUSTIFIED'] as const;
export type BreakGlassFinding = (typeof breakGlassFindings)[number];
