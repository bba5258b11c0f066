/** Value lists of the rights of data subjects and of retention. Codes are stored for ever: add, never rename. */

/** DPA 2018 s.47(2), s.47(3), s.46(4): why processing is limited and nothing is erased or rectified. */
export const restrictionReasons = ['EVIDENCE_S47_2', 'ACCURACY_DISPUTE_S47_3', 'EVIDENCE_S46_4'] as const;
export type RestrictionReason = (typeof restrictionReasons)[number];

/** Who ordered that nothing may be disposed of. */
export const holdAuthorities = ['PUBLIC_INQUIRY', 'COURT', 'PROSECUTOR', 'CORONER', 'REVIEW_OF_CONVICTION', 'COMPLAINT_OR_CIVIL_CLAIM', 'CHIEF_OFFICER'] as const;
export type HoldAuthority = (typeof holdAuthorities)[number];

/** DPA 2018 s.47(1)(a), s.47(1)(b), and s.39(1) where the period of retention has ended. */
export const erasureGrounds = ['INFRINGES_S47_1A', 'LEGAL_OBLIGATION_S47_1B', 'RETENTION_ENDED_S39_1'] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

/** Why a request to erase is refused: restrict instead (s.47(2), (3)), another law keeps the record, or it was not made by the person. */
export const erasureRefusalGrounds = ['EVIDENCE_S47_2', 'ACCURACY_DISPUTE_S47_3', 'RETENTION_REQUIRED', 'NOT_JUSTIFIED', 'WITHDRAWN'] as const;
export type ErasureRefusalGround = (typeof erasureRefusalGrounds)[number];

export const retentionGroups = ['1', '2', '3', '4'] as const;
export type RetentionGroup = (typeof retentionGroups)[number];

export const retentionDecisions = ['RETAIN', 'RETAIN_RESTRICTED', 'DELETE', 'ARCHIVE', 'LEGAL_HOLD'] as const;
export type RetentionDecision = (typeof retentionDecisions)[number];
