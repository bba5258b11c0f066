import type { ActItem, LookItem, LookLogPurpose } from '#contexts/oversight';

export const doorWords: Readonly<Record<string, string>> = { PAGE: 'Page', API: 'API', CLI: 'Command line', DOWNLOAD: 'Download' };

export const operationWords: Record<LookItem['operation'], string> = {
  CONSULTATION: 'Viewed', DISCLOSURE: 'Disclosed', COMBINATION: 'Combined', DENIAL: 'Turned away',
};

export const actWords: Record<ActItem['operation'], string> = { COLLECTION: 'Recorded', ALTERATION: 'Altered', ERASURE: 'Erased' };

/** How a record came to be seen. */
export const wayWords = { opened: 'Opened', listed: 'Shown in a list', 'taken-out': 'Taken out', all: 'All' } as const;

/** The four uses of the log, as section 62(4) of the Data Protection Act 2018 has them. */
export const purposeWords: Record<LookLogPurpose, string> = {
  LAWFULNESS: 'To check that processing is lawful',
  SELF_MONITORING: 'To monitor ourselves, including for discipline',
  INTEGRITY: 'To keep the data whole and secure',
  CRIMINAL_PROCEEDINGS: 'For criminal proceedings',
};

const reasons: Readonly<Record<string, string>> = {
  ALLOCATED: 'Allocated to them', SUPERVISION_OR_TASKING: 'Supervision or tasking', INTELLIGENCE_DEVELOPMENT: 'Intelligence development',
  DISCLOSURE_OR_COURT: 'Disclosure or court', AUDIT_OR_DIP_SAMPLE: 'Audit or dip sample', PARTNER_SAFEGUARDING: 'Partner safeguarding meeting',
  BREAK_GLASS: 'Break-glass', OTHER: 'Other, said in words', ...purposeWords,
};

/** A reason code in words; a code of another program's as a sentence of its own letters. */
export const reasonWords = (code: string | null): string => {
  if (code === null) return 'None asked';
  const words = code.replaceAll('_', ' ').toLowerCase();
  return reasons[code] ?? words.charAt(0).toUpperCase() + words.slice(1);
};

const categories: Readonly<Record<string, string>> = { accessList: 'Access list', user: 'Post of a user', dataSubject: 'Rights of a person', nominal: 'Person', investigation: 'Investigation' };

/** What a stream is about where it is no record with a page. */
export const categoryWords = (category: string): string => categories[category] ?? category;
