import type { UserRole } from '#contexts/oversight';

const words: Readonly<Record<UserRole, string>> = {
  ANALYST: 'Analyst', DETECTIVE: 'Detective', SUPERVISOR: 'Supervisor', INTEL_UNIT: 'Intelligence unit', SOURCE_UNIT: 'Source unit', DISCLOSURE_OFFICER: 'Disclosure officer',
  AUDITOR: 'Auditor', PROFESSIONAL_STANDARDS: 'Professional standards', PARTNER: 'Partner agency', ADMIN: 'Administrator', SYSTEM: 'Command line',
};

/** A role in words; a code that this version does not know, as it is. */
export const roleWords = (role: string): string => (Object.hasOwn(words, role) ? words[role as UserRole] : role);
