/** Value lists of the trade. Codes are stored for ever: add, never rename. */
export const investigationKinds = ['CRIME', 'NON_CRIME', 'PROACTIVE', 'NON_RECENT', 'MISSING_LINKED'] as const;
export type InvestigationKind = (typeof investigationKinds)[number];

/** Kinds of exploitation an investigation is marked with; one child can carry several at once. */
export const exploitationTypes = [
  'CSE', 'CCE', 'TRAFFICKING', 'MODERN_SLAVERY_LABOUR', 'RADICALISATION', 'HBA', 'FORCED_MARRIAGE', 'FGM', 'FINANCIAL', 'OTHER',
] as const;
export type ExploitationType = (typeof exploitationTypes)[number];

export const suspectQualities = ['UNKNOWN', 'DESCRIBED', 'PARTIALLY_IDENTIFIED', 'NAMED'] as const;
export type SuspectQuality = (typeof suspectQualities)[number];

export const circulationTypes = ['PNC_WANTED', 'WARRANT_BACKED', 'WARRANT_NOT_BACKED', 'RECALL', 'LOCATE_TRACE', 'LOCAL_ONLY'] as const;
export type CirculationType = (typeof circulationTypes)[number];

/** Interview under caution without arrest (voluntary attendance), or in custody. */
export const interviewSettings = ['VOLUNTARY', 'CUSTODY'] as const;
export type InterviewSetting = (typeof interviewSettings)[number];

/** Which clock pre-charge bail runs on (PACE ss.47ZB, 47ZDB, 47ZE). */
export const bailRegimes = ['STANDARD_POLICE', 'AGENCY_FCA_HMRC_NCA_SFO', 'DESIGNATED'] as const;
export type BailRegime = (typeof bailRegimes)[number];

/** C charge, R postal requisition, S summons. */
export const chargeMethods = ['C', 'R', 'S'] as const;
export type ChargeMethod = (typeof chargeMethods)[number];

export const noFurtherActionGrounds = ['EVIDENTIAL', 'PUBLIC_INTEREST', 'OTHER_DISPOSAL'] as const;
export type NoFurtherActionGrounds = (typeof noFurtherActionGrounds)[number];

export const reopenGrounds = ['NEW_EVIDENCE', 'VICTIMS_RIGHT_TO_REVIEW', 'COLD_CASE', 'NFA_REREVIEW', 'FINALISED_IN_ERROR'] as const;
export type ReopenGrounds = (typeof reopenGrounds)[number];

/** Crime Recording Rules for England and Wales: the grounds on which a recorded crime may be cancelled. */
export const cancelReasons = ['TRANSFERRED_FORCE', 'NO_CRIME_AVI', 'DUPLICATE_PART_OF_OTHER', 'RECORDED_IN_ERROR', 'SELF_DEFENCE'] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const reviewTypes = ['INITIAL_SUPERVISOR', 'PERIODIC_SUPERVISOR', 'INSPECTOR', 'PRE_FILE', 'PEER', 'COLD_CASE', 'NFA_REREVIEW', 'VRR'] as const;
export type ReviewType = (typeof reviewTypes)[number];

/** Over the threshold = outstanding for longer than twelve weeks: from day 85 on. */
export const THRESHOLD_DAYS = 84;

/** Who is to act on what waits for too long: the supervisor in the case, and the ranks above. */
export const escalationStages = ['LOCAL_SUPERVISOR', 'INSPECTOR', 'SUPERINTENDENT', 'CHIEF_OFFICER', 'PARTNERSHIP_BOARD'] as const;
export type EscalationStage = (typeof escalationStages)[number];

export const voidGrounds = ['ADDED_IN_ERROR', 'WRONG_PERSON', 'DUPLICATE_LINK'] as const;
export type VoidGrounds = (typeof voidGrounds)[number];

/** Why a NAMED suspect is held to be less than NAMED again. */
export const lowerQualities = ['UNKNOWN', 'DESCRIBED', 'PARTIALLY_IDENTIFIED'] as const;
export type LowerQuality = (typeof lowerQualities)[number];

/** Who may know of it and read it: RESTRICTED = its existence is known, its content not; SENSITIVE = its existence is hidden. */
export const sensitivities = ['STANDARD', 'RESTRICTED', 'SENSITIVE'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** One name for every way to write the code of an operation: capitals and spaces make no other operation. */
export const operationKey = (code: string): string => code.trim().replace(/\s+/g, ' ').toUpperCase();
