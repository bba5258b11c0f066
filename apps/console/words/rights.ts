import type { LiveMeasure } from '#contexts/investigations';
import type { DataSubjectEventType, RetentionItem } from '#contexts/oversight';
import { erasureGrounds, erasureRefusalGrounds, holdAuthorities, restrictionReasons, retentionDecisions, retentionGroups } from '#contexts/oversight';

type Words<K extends string> = Readonly<Record<K, string>>;

export const restrictionWords: Words<(typeof restrictionReasons)[number]> = {
  EVIDENCE_S47_2: 'Needed as evidence, so not erased (s.47(2))', ACCURACY_DISPUTE_S47_3: 'The person disputes its accuracy, and who is right cannot be told (s.47(3))', EVIDENCE_S46_4: 'Needed as evidence, so not rectified (s.46(4))',
};

export const authorityWords: Words<(typeof holdAuthorities)[number]> = {
  PUBLIC_INQUIRY: 'Public inquiry', COURT: 'Court', PROSECUTOR: 'Prosecutor', CORONER: 'Coroner', REVIEW_OF_CONVICTION: 'Review of a conviction', COMPLAINT_OR_CIVIL_CLAIM: 'Complaint or civil claim',
  CHIEF_OFFICER: 'Chief officer',
};

export const erasureGroundWords: Words<(typeof erasureGrounds)[number]> = {
  INFRINGES_S47_1A: 'Keeping it breaks a principle of data protection (s.47(1)(a))', LEGAL_OBLIGATION_S47_1B: 'The law demands that it is erased (s.47(1)(b))', RETENTION_ENDED_S39_1: 'The period of retention has ended (s.39(1))',
};

export const erasureRefusalWords: Words<(typeof erasureRefusalGrounds)[number]> = {
  EVIDENCE_S47_2: 'Needed as evidence: restrict instead (s.47(2))', ACCURACY_DISPUTE_S47_3: 'Accuracy disputed: restrict instead (s.47(3))', RETENTION_REQUIRED: 'It must be retained', NOT_JUSTIFIED: 'There is no ground to erase',
  WITHDRAWN: 'The request was withdrawn',
};

export const groupWords: Words<RetentionItem['group']> = {
  1: '1: certain public protection matters', 2: '2: other sexual, violent or serious offences', 3: '3: all other offences', 4: '4: victims, witnesses, undetected crime and other items', NONE: 'Not assessed yet',
};

export const decisionWords: Words<(typeof retentionDecisions)[number]> = {
  RETAIN: 'Retain', RETAIN_RESTRICTED: 'Retain, restricted', DELETE: 'Delete', ARCHIVE: 'Archive', LEGAL_HOLD: 'Retain because of a legal hold',
};

export const measureWords: Words<LiveMeasure> = {
  ON_BAIL: 'On bail', RELEASED_UNDER_INVESTIGATION: 'Released under investigation', CHARGED: 'Charged or requisitioned', WANTED: 'Circulated as wanted', OUTSTANDING: 'Outstanding',
};

/** Titles of the decisions about a person's data. */
export const rightsEventWords: Words<DataSubjectEventType> = {
  ProcessingRestricted: 'Processing restricted', RestrictionLifted: 'Restriction lifted', LegalHoldPlaced: 'Legal hold placed', LegalHoldReleased: 'Legal hold released', RetentionReviewed: 'Retention reviewed',
  ErasureRequested: 'Erasure requested', ErasureRequestWithdrawn: 'Request for erasure withdrawn', ErasureRefused: 'Erasure refused', ErasureAuthorised: 'Erasure authorised', ErasureBegun: 'Keys named that are destroyed', DataErased: 'Data erased',
};

const options = <K extends string>(values: readonly K[], words: Words<K>) => values.map((value) => ({ value, text: words[value] }));

/** What each code may be, as radios show it. */
export const rightsOptions = {
  restriction: options(restrictionReasons, restrictionWords), authority: options(holdAuthorities, authorityWords), ground: options(erasureGrounds, erasureGroundWords),
  refusal: options(erasureRefusalGrounds, erasureRefusalWords), group: options(retentionGroups, groupWords), decision: options(retentionDecisions, decisionWords),
} as const;
