const wordsIn = (words: Readonly<Record<string, string>>) => (code: string): string => (Object.hasOwn(words, code) ? words[code]! : code);

/** What the program does by itself; a reaction that has no words yet is shown by its own name. */
export const reactionWords = wordsIn({
  'escalate-overdue-reviews': 'Escalate reviews that are overdue', 'escalate-outstanding-suspects': 'Escalate suspects outstanding over 12 weeks',
});

export const workWords = wordsIn({ IMPORT: 'Import', REBUILD: 'Rebuild of read models', EXPORT: 'Export of the log', BACKUP: 'Backup of the log' });

export const stageWords = wordsIn({ READING: 'reading', RECORDING: 'recording', BUILDING: 'building', COMPARING: 'comparing' });

/** Why a job was given up. Codes of rules are shown as they are: what they are about is for those who see the record. */
export const failureWords = wordsIn({
  FAULT: 'A fault of the program; see its log', STALLED: 'The process that did it ended each time', STORE_UNAVAILABLE: 'The log could not be reached', WRONG_EXPECTED_VERSION: 'Others wrote to the same record each time',
});
