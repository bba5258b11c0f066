/** Value lists of the log of looks. Codes are stored for ever: add, never rename. */

export const doors = ['PAGE', 'API', 'CLI', 'DOWNLOAD'] as const;
export type Door = (typeof doors)[number];

export const shownKinds = ['investigation', 'person', 'event', 'look-log', 'user-activity', 'access-list', 'report', 'other'] as const;
/** What kind of record an id names. */
export type ShownKind = (typeof shownKinds)[number];

export const lookLogPurposes = ['LAWFULNESS', 'SELF_MONITORING', 'INTEGRITY', 'CRIMINAL_PROCEEDINGS'] as const;
/** The four uses that section 62(4) of the Data Protection Act 2018 leaves for the log itself. */
export type LookLogPurpose = (typeof lookLogPurposes)[number];

/** Filters whose values are codes, references or moments; the value of any other may be what somebody typed, a name for one. */
export const codedFilters: ReadonlySet<string> = new Set([
  'area', 'theme', 'team', 'status', 'suspect', 'wait', 'band', 'kind', 'group', 'sort', 'order', 'page', 'cursor', 'limit', 'format', 'effectiveAt', 'recordedAt',
  'effectiveFrom', 'number', 'event', 'minPosition', 'measure', 'period', 'year', 'from', 'to', 'before', 'purpose', 'door', 'denied', 'way',
]);

/** Ids that one look names; how many more were shown is a number beside them. */
export const MOST_SHOWN = 200;
