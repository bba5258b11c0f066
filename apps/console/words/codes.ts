import type {
  BailRegime, CancelReason, ChargeMethod, CirculationType, codes, ExploitationType, InvestigationKind, InvestigationStatus, NoFurtherActionGrounds,
  ReopenGrounds, Sensitivity, SuspectQuality,
} from '#contexts/investigations';

export const kindWords: Record<InvestigationKind, string> = {
  CRIME: 'Recorded crime', NON_CRIME: 'Non-crime incident', PROACTIVE: 'Proactive operation', NON_RECENT: 'Non-recent offences',
  MISSING_LINKED: 'Linked to a missing child',
};

export const themeWords: Record<ExploitationType, string> = {
  CSE: 'Child sexual exploitation', CCE: 'Child criminal exploitation', TRAFFICKING: 'Trafficking', MODERN_SLAVERY_LABOUR: 'Modern slavery: labour',
  RADICALISATION: 'Radicalisation', HBA: 'So-called honour-based abuse', FORCED_MARRIAGE: 'Forced marriage', FGM: 'Female genital mutilation',
  FINANCIAL: 'Financial exploitation', OTHER: 'Other exploitation',
};

export const statusWords: Record<InvestigationStatus, string> = {
  ACTIVE: 'Active', AWAITING_FINALISATION: 'Awaiting finalisation', REOPENED: 'Reopened', FINALISED: 'Finalised', TRANSFERRED: 'Transferred out',
  CANCELLED: 'Cancelled',
};

/** Colour of a status tag; the words say the same. */
export const statusColours: Record<InvestigationStatus, string> = {
  ACTIVE: 'govuk-tag--green', AWAITING_FINALISATION: 'govuk-tag--yellow', REOPENED: 'govuk-tag--teal', FINALISED: 'govuk-tag--grey',
  TRANSFERRED: 'govuk-tag--grey', CANCELLED: 'govuk-tag--grey',
};

export const qualityWords: Record<SuspectQuality, string> = {
  UNKNOWN: 'Unknown', DESCRIBED: 'Described only', PARTIALLY_IDENTIFIED: 'Partly identified', NAMED: 'Named',
};

export const circulationWords: Record<CirculationType, string> = {
  PNC_WANTED: 'Wanted on PNC', WARRANT_BACKED: 'Warrant backed for bail', WARRANT_NOT_BACKED: 'Warrant not backed for bail', RECALL: 'Recall to prison',
  LOCATE_TRACE: 'Locate and trace', LOCAL_ONLY: 'Local circulation only',
};

export const settingWords: Record<(typeof codes.interviewSettings)[number], string> = { VOLUNTARY: 'Voluntary attendance', CUSTODY: 'In custody' };

export const bailWords: Record<BailRegime, string> = {
  STANDARD_POLICE: 'Standard police bail', AGENCY_FCA_HMRC_NCA_SFO: 'FCA, HMRC, NCA or SFO case', DESIGNATED: 'Designated as exceptionally complex',
};

export const chargeWords: Record<ChargeMethod, string> = { C: 'Charge', R: 'Postal requisition', S: 'Summons' };

export const noFurtherActionWords: Record<NoFurtherActionGrounds, string> = {
  EVIDENTIAL: 'Not enough evidence', PUBLIC_INTEREST: 'Not in the public interest', OTHER_DISPOSAL: 'Dealt with in another way',
};

export const reopenWords: Record<ReopenGrounds, string> = {
  NEW_EVIDENCE: 'New evidence', VICTIMS_RIGHT_TO_REVIEW: 'Victim’s right to review', COLD_CASE: 'Cold case review', NFA_REREVIEW: 'Second look at a no-further-action decision',
  FINALISED_IN_ERROR: 'Finalised in error',
};

export const cancelWords: Record<CancelReason, string> = {
  TRANSFERRED_FORCE: 'Crime of another force', NO_CRIME_AVI: 'Additional verifiable information: no crime happened', DUPLICATE_PART_OF_OTHER: 'Duplicate, or part of another crime',
  RECORDED_IN_ERROR: 'Recorded in error', SELF_DEFENCE: 'Self defence',
};

export const reviewWords: Record<(typeof codes.reviewTypes)[number], string> = {
  INITIAL_SUPERVISOR: 'First supervisor review', PERIODIC_SUPERVISOR: 'Regular supervisor review', INSPECTOR: 'Inspector’s review', PRE_FILE: 'Before the file goes to the CPS',
  PEER: 'Peer review', COLD_CASE: 'Cold case review', NFA_REREVIEW: 'Second look at a no-further-action decision', VRR: 'Victim’s right to review',
};

export const voidWords: Record<(typeof codes.voidGrounds)[number], string> = {
  ADDED_IN_ERROR: 'Added in error', WRONG_PERSON: 'Wrong person', DUPLICATE_LINK: 'Linked twice',
};

export const sensitivityWords: Record<Sensitivity, string> = {
  STANDARD: 'Standard', RESTRICTED: 'Restricted: its existence is known, its content is not', SENSITIVE: 'Sensitive: its existence is hidden',
};

interface Tag {
  readonly text: string;
  readonly colour: string;
}

const sensitivityTags: Partial<Record<Sensitivity, Tag>> = {
  RESTRICTED: { text: 'Restricted', colour: 'govuk-tag--blue' }, SENSITIVE: { text: 'Sensitive', colour: 'govuk-tag--magenta' },
};

/** Marks a record that not everybody of a role may read; undefined for any other. */
export const sensitivityTag = (sensitivity: Sensitivity | undefined): Tag | undefined => sensitivity && sensitivityTags[sensitivity];

/** The same in the marking line of a page that shows it. */
export const handlingWords: Partial<Record<Sensitivity, string>> = {
  RESTRICTED: 'RESTRICTED: for those named on the record', SENSITIVE: 'SENSITIVE: that the record exists is for those named on it',
};

/** Whose desk it goes to. */
const stageWords: Record<(typeof codes.escalationStages)[number], string> = {
  LOCAL_SUPERVISOR: 'The supervisor in the case', INSPECTOR: 'Inspector: no supervisor in the case', SUPERINTENDENT: 'Superintendent', CHIEF_OFFICER: 'Chief officer', PARTNERSHIP_BOARD: 'Partnership board',
};

/** Every code that stands in an event's data, with its words; another code is shown as it is. */
const allWords: Readonly<Record<string, string>> = {
  ...reviewWords, ...voidWords, ...kindWords, ...themeWords, ...qualityWords, ...circulationWords, ...settingWords, ...bailWords, ...noFurtherActionWords, ...reopenWords,
  ...cancelWords, ...sensitivityWords, ...stageWords,
};

export const codeWords = (code: string): string => (Object.hasOwn(allWords, code) ? allWords[code]! : code);
