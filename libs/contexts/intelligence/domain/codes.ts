/** Value lists of intelligence. Codes are stored for ever: add, never rename. */

/** Who brought it: the unit grades what comes from outside the police (College of Policing APP, Intelligence management). */
export const intelligenceOrigins = ['POLICE', 'PARTNER', 'PUBLIC'] as const;
export type IntelligenceOrigin = (typeof intelligenceOrigins)[number];

export const sourceTypes = ['PUBLIC', 'VICTIM', 'WITNESS', 'PARTNER_AGENCY', 'POLICE_STAFF', 'TECHNICAL', 'OPEN_SOURCE', 'CRIMESTOPPERS', 'SENSITIVE_REGISTERED'] as const;
export type SourceType = (typeof sourceTypes)[number];

/** 3x5x2, the source: 1 reliable, 2 untested, 3 not reliable. */
export const sourceEvaluations = ['1', '2', '3'] as const;
export type SourceEvaluation = (typeof sourceEvaluations)[number];

/** 3x5x2, the information: A known directly, B known indirectly but corroborated, C known indirectly, D not known, E suspected to be false. */
export const intelligenceAssessments = ['A', 'B', 'C', 'D', 'E'] as const;
export type IntelligenceAssessment = (typeof intelligenceAssessments)[number];

/** 3x5x2, handling: P lawful sharing permitted, C with conditions. */
export const handlingCodes = ['P', 'C'] as const;
export type HandlingCode = (typeof handlingCodes)[number];

/** Under C: A1 development only, A2 covert use, A3 overt use as its usage text says. */
export const actionCodes = ['A1', 'A2', 'A3'] as const;
export type ActionCode = (typeof actionCodes)[number];

/** Under C: S1 the recipient may sanitise and pass on, S2 only after asking the originator. */
export const sanitisationCodes = ['S1', 'S2'] as const;
export type SanitisationCode = (typeof sanitisationCodes)[number];

/** 5x5x5, used until about 2016: source A to E, information 1 to 5, handling 1 to 5. Its letters mean other things than those of 3x5x2. */
export const legacySources = ['A', 'B', 'C', 'D', 'E'] as const;
export const legacyDigits = ['1', '2', '3', '4', '5'] as const;
export type LegacySource = (typeof legacySources)[number];
export type LegacyDigit = (typeof legacyDigits)[number];

export const intelligenceConfidences = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type IntelligenceConfidence = (typeof intelligenceConfidences)[number];

/** MoPI groups of retention. */
export const retentionGroups = ['1', '2', '3', '4'] as const;
export type RetentionGroup = (typeof retentionGroups)[number];

/** What somebody is on a report; a child may be several of them. */
export const personRoles = ['SUSPECT', 'VICTIM', 'WITNESS', 'INFORMANT_PARTNER', 'ASSOCIATE', 'PARENT_CARER', 'CONVICTED'] as const;
export type PersonRole = (typeof personRoles)[number];

export const disseminationRoutes = ['BRIEFING', 'TASKING', 'PARTNER', 'OTHER_FORCE', 'NATIONAL', 'COURT', 'OVERSEAS'] as const;
export type DisseminationRoute = (typeof disseminationRoutes)[number];

/** Routes that leave the police: what is shared that way rests on an agreement. */
export const outsideRoutes: ReadonlySet<DisseminationRoute> = new Set(['PARTNER', 'OVERSEAS']);

export const intelligenceActions = ['TASKED', 'BRIEFED', 'DEVELOPED', 'COVERT', 'OVERT'] as const;
export type IntelligenceAction = (typeof intelligenceActions)[number];

/** Who may know of a report and read it: RESTRICTED = its existence is known, its content not; SENSITIVE = its existence is hidden. */
export const reportSensitivities = ['STANDARD', 'RESTRICTED', 'SENSITIVE'] as const;
export type ReportSensitivity = (typeof reportSensitivities)[number];

export const intelligenceStages = ['SUBMITTED', 'RETURNED', 'EVALUATED', 'LIVE', 'REJECTED'] as const;
export type IntelligenceStage = (typeof intelligenceStages)[number];
