/** Groups in which the Home Office publishes outcomes. */
export type OutcomeGroup =
  | 'CHARGED' | 'OOC_FORMAL' | 'OOC_INFORMAL' | 'DIVERSIONARY' | 'EVID_VICTIM_SUPPORTS' | 'EVID_VICTIM_NOT_SUPPORT' | 'PROSECUTION_PREVENTED'
  | 'FURTHER_INV_NOT_PI' | 'TRANSFERRED_TO_BODY' | 'TIC' | 'NO_SUSPECT' | 'OTHER';

export interface HomeOfficeOutcome {
  readonly code: string;
  /** In our own words. */
  readonly meaning: string;
  /** `yes`: only with a suspect who is NAMED; `no`: only without; `either`: says nothing about one. */
  readonly suspectNamed: 'yes' | 'no' | 'either';
  readonly group: OutcomeGroup;
  /** First Europe/London date on which a crime could be given it. */
  readonly inUseFrom: string;
}

const FRAMEWORK = '2013-04-01';

const outcome = (
  code: string, suspectNamed: HomeOfficeOutcome['suspectNamed'], group: OutcomeGroup, meaning: string, inUseFrom = FRAMEWORK,
): HomeOfficeOutcome => ({ code, meaning, suspectNamed, group, inUseFrom });

/**
 * The outcomes framework for recorded crime in England and Wales (Home Office Crime Recording Rules); one outcome closes one crime.
 * Outcome 23 is new in 2026; its first day and its publication group are not settled in anything published that we could read.
 */
export const homeOfficeOutcomes: readonly HomeOfficeOutcome[] = [
  outcome('1', 'yes', 'CHARGED', 'Charge, summons or postal requisition'),
  outcome('1A', 'yes', 'CHARGED', 'Charge, summons or postal requisition with an alternate offence'),
  outcome('2', 'yes', 'OOC_FORMAL', 'Youth caution or youth conditional caution'),
  outcome('2A', 'yes', 'OOC_FORMAL', 'Youth caution or youth conditional caution for an alternate offence'),
  outcome('3', 'yes', 'OOC_FORMAL', 'Adult simple or conditional caution'),
  outcome('3A', 'yes', 'OOC_FORMAL', 'Adult simple or conditional caution for an alternate offence'),
  outcome('4', 'yes', 'TIC', 'Taken into consideration'),
  outcome('5', 'yes', 'PROSECUTION_PREVENTED', 'Offender has died'),
  outcome('6', 'yes', 'OOC_FORMAL', 'Penalty notice for disorder'),
  outcome('7', 'yes', 'OOC_INFORMAL', 'Cannabis or khat warning'),
  outcome('8', 'yes', 'OOC_INFORMAL', 'Community resolution'),
  outcome('9', 'yes', 'PROSECUTION_PREVENTED', 'Prosecution not in the public interest: CPS decision'),
  outcome('10', 'yes', 'PROSECUTION_PREVENTED', 'Formal action not in the public interest: police decision'),
  outcome('11', 'yes', 'PROSECUTION_PREVENTED', 'Prosecution prevented: suspect below the age of criminal responsibility'),
  outcome('12', 'yes', 'PROSECUTION_PREVENTED', 'Prosecution prevented: suspect too ill'),
  outcome('13', 'yes', 'PROSECUTION_PREVENTED', 'Prosecution prevented: victim or key witness dead or too ill to give evidence'),
  outcome('14', 'no', 'EVID_VICTIM_NOT_SUPPORT', 'Evidential difficulty: suspect not identified, victim declines or is unable to support'),
  outcome('15', 'yes', 'EVID_VICTIM_SUPPORTS', 'Evidential difficulty: suspect identified, victim supports'),
  outcome('16', 'yes', 'EVID_VICTIM_NOT_SUPPORT', 'Evidential difficulty: suspect identified, victim does not support'),
  outcome('17', 'yes', 'PROSECUTION_PREVENTED', 'Prosecution time limit expired'),
  outcome('18', 'no', 'NO_SUSPECT', 'Investigation complete, no suspect identified; filed pending new lines of enquiry'),
  outcome('19', 'either', 'OTHER', 'Passed to the National Fraud Intelligence Bureau'),
  outcome('20', 'yes', 'TRANSFERRED_TO_BODY', 'Another body or agency takes the further action; victim told'),
  outcome('21', 'yes', 'FURTHER_INV_NOT_PI', 'Further investigation to support formal action not in the public interest: police decision'),
  outcome('22', 'yes', 'DIVERSIONARY', 'Diversion, education or intervention done; further action not in the public interest', '2019-04-01'),
  outcome('23', 'yes', 'OTHER', 'Child: deferred prosecution offered, decision held while conditions are completed', '2026-01-01'),
];

/** Codes that a crime may be given, in the order of the framework. */
export const homeOfficeCodes: readonly string[] = homeOfficeOutcomes.map(({ code }) => code);

const byCode = new Map(homeOfficeOutcomes.map((each) => [each.code, each]));

/** Undefined when the framework has no such code. */
export const homeOfficeOutcome = (code: string): HomeOfficeOutcome | undefined => byCode.get(code);
