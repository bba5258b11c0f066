import type { InvestigationCommandName } from '#contexts/investigations';
import { codes, exploitationTypes, homeOfficeOutcomes, investigationKinds } from '#contexts/investigations';
import {
  bailWords, cancelWords, circulationWords, kindWords, noFurtherActionWords, qualityWords, reopenWords, reviewWords, sensitivityWords, settingWords, themeWords, voidWords,
} from '../../words/codes';

type Words = Readonly<Record<string, string>>;

/** One question of a form; `name` is the field of the request that it fills. */
export interface Field {
  readonly kind: 'line' | 'text' | 'number' | 'radios' | 'select' | 'checks' | 'yes' | 'day' | 'crime' | 'area' | 'charges' | 'person';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: true;
  /** Of a day: may be known to the month or year alone. */
  readonly coarse?: true;
  readonly options?: Words;
  /** Said when nothing was given. */
  readonly missing?: string;
  readonly width?: string;
  /** Begins a part of the form with this heading. */
  readonly heading?: string;
}

/** One thing that a person can record: the command, and what the form asks. */
export interface Task {
  readonly slug: string;
  readonly command: InvestigationCommandName;
  /** As a link and as the heading of the form. */
  readonly text: string;
  readonly about: 'new' | 'investigation' | 'suspect' | 'escalation';
  readonly when: string;
  readonly fields: readonly Field[];
}

const line = (name: string, label: string, more: Partial<Field> = {}): Field => ({ kind: 'line', name, label, ...more });
const text = (name: string, label: string, more: Partial<Field> = {}): Field => ({ kind: 'text', name, label, ...more });
const radios = (name: string, label: string, options: Words, more: Partial<Field> = {}): Field =>
  ({ kind: 'radios', name, label, options, missing: `Select ${label.charAt(0).toLowerCase()}${label.slice(1)}`, ...more });
const only = (words: Words, known: readonly string[]): Words => Object.fromEntries(known.map((code) => [code, words[code] ?? code]));

const officer = (name: string, label: string, more: Partial<Field> = {}): Field => line(name, label, { hint: 'Collar or warrant number, for example DC 4417', width: 'govuk-input--width-10', ...more });

const coarseHint = 'For example, 14 6 2019. Leave out the day, or the day and the month, when they are not known';

const crimeFields: readonly Field[] = [
  line('offence', 'Offence', { hint: 'Offence code or category, as the crime was recorded', missing: 'Enter the offence' }),
  line('crimeReference', 'Crime reference', { hint: 'The force’s own reference', optional: true, width: 'govuk-input--width-20' }),
  line('force', 'Force code', { optional: true, width: 'govuk-input--width-5' }),
  { kind: 'day', name: 'offenceFrom', label: 'When the offence happened or began', hint: coarseHint, optional: true, coarse: true },
  { kind: 'day', name: 'offenceTo', label: 'When the offence ended', hint: coarseHint, optional: true, coarse: true },
];

const ownerFields: readonly Field[] = [
  officer('officer', 'Officer in the case', { missing: 'Enter the officer in the case' }),
  line('team', 'Team', { missing: 'Enter the team' }), officer('supervisor', 'Supervisor', { optional: true }),
];

const outcomeOptions: Words = Object.fromEntries(homeOfficeOutcomes.map(({ code, meaning }) => [code, `${code}: ${meaning}`]));

const charges = (label: string, methods: Words): readonly Field[] => [
  { kind: 'charges', name: 'charges', label, hint: 'Offence code or wording, one on each line', missing: 'Enter at least one offence' },
  radios('method', 'How', methods),
];

/** Opening fields; a correction of an opening asks the same without the crime. */
const openingFields: readonly Field[] = [
  radios('kind', 'Kind of investigation', only(kindWords, investigationKinds), { missing: 'Select the kind of investigation' }),
  { kind: 'area', name: 'area', label: 'Area', missing: 'Select the area' },
  { kind: 'checks', name: 'themes', label: 'Kinds of exploitation', options: only(themeWords, exploitationTypes), hint: 'Select all that apply; one child can be exploited in several ways' },
  line('team', 'Team', { optional: true }),
  line('title', 'Title', { hint: 'For example the name of an operation. Sealed in the record', optional: true }),
  text('summary', 'Summary', { hint: 'Do not name an intelligence source. Sealed in the record', optional: true }),
];

const firstCrime = crimeFields.map((field, i): Field => (i === 0 ? { ...field, heading: 'The first crime', hint: `${field.hint}. Leave it empty when no crime is recorded` } : field));

export const newInvestigation: Task = {
  slug: 'new', command: 'OpenInvestigation', text: 'Open an investigation', about: 'new', when: 'When it was opened', fields: [...openingFields, ...firstCrime],
};

const person: Field = { kind: 'person', name: 'nominalId', label: 'Who the suspect is' };
const basis = text('basis', 'Why this person', { hint: 'What it rests on. Do not name an intelligence source', optional: true });

const operation = line('operation', 'Operation', { hint: 'Code of the operation, for example Clover', missing: 'Enter the operation', width: 'govuk-input--width-20' });

const ofInvestigation: readonly Omit<Task, 'about'>[] = [
  { slug: 'link-suspect', command: 'LinkSuspect', text: 'Link a suspect', when: 'When the suspect came to notice', fields: [person, basis] },
  { slug: 'crime', command: 'RecordCrime', text: 'Record a crime', when: 'When the crime was recorded', fields: crimeFields },
  { slug: 'allocate', command: 'AllocateInvestigation', text: 'Allocate to an officer', when: 'When it was allocated', fields: ownerFields },
  { slug: 'change-owner', command: 'ReallocateInvestigation', text: 'Change the owner', when: 'When the owner changed', fields: ownerFields },
  {
    slug: 'plan', command: 'SetInvestigationPlan', text: 'Set the plan', when: 'When the plan was set',
    fields: [text('plan', 'Plan', { missing: 'Enter the plan' }), { kind: 'number', name: 'reviewEveryDays', label: 'Days between supervisor reviews', missing: 'Enter the days between reviews', width: 'govuk-input--width-3' }],
  },
  {
    slug: 'review', command: 'RecordSupervisorReview', text: 'Record a supervisor review', when: 'When the review was done',
    fields: [radios('review', 'Kind of review', only(reviewWords, codes.reviewTypes), { missing: 'Select the kind of review' }), officer('supervisor', 'Reviewed by', { missing: 'Enter who reviewed' }), text('findings', 'Findings and directions', { missing: 'Enter the findings' })],
  },
  {
    slug: 'outcome', command: 'AssignOutcome', text: 'Assign or replace an outcome', when: 'When the outcome was decided',
    fields: [{ kind: 'crime', name: 'crimeId', label: 'Crime', missing: 'Select the crime' }, { kind: 'select', name: 'outcome', label: 'Outcome', options: outcomeOptions, missing: 'Select the outcome' }],
  },
  { slug: 'propose-finalisation', command: 'ProposeFinalisation', text: 'Propose finalisation', when: 'When it was proposed', fields: [officer('officer', 'Proposed by', { missing: 'Enter who proposes' })] },
  { slug: 'return-finalisation', command: 'ReturnFinalisation', text: 'Return the proposal', when: 'When it was returned', fields: [officer('supervisor', 'Returned by', { missing: 'Enter who returns it' })] },
  {
    slug: 'finalise', command: 'FinaliseInvestigation', text: 'Finalise the investigation', when: 'When it was finalised',
    fields: [officer('approvedBy', 'Approved by', { missing: 'Enter who approves' }), text('closingSummary', 'Closing summary', { optional: true })],
  },
  {
    slug: 'sensitivity', command: 'ReassessSensitivity', text: 'Reassess sensitivity', when: 'When it was decided',
    fields: [
      radios('sensitivity', 'Who may know of it and read it', only(sensitivityWords, codes.sensitivities), { missing: 'Select who may know of it and read it' }),
      text('basis', 'What the decision rests on', { hint: 'Do not name an intelligence source. Sealed in the record', missing: 'Enter what the decision rests on' }),
    ],
  },
  { slug: 'link-operation', command: 'LinkOperation', text: 'Link to an operation', when: 'When it was linked', fields: [{ ...operation, hint: 'Code of the operation, for example Clover. Nobody on its access list comes to read the investigation by this' }] },
  { slug: 'unlink-operation', command: 'UnlinkOperation', text: 'Take out of an operation', when: 'When it was taken out', fields: [operation] },
  { slug: 'reopen', command: 'ReopenInvestigation', text: 'Reopen the investigation', when: 'When it was reopened', fields: [radios('grounds', 'Why it is reopened', reopenWords)] },
  { slug: 'transfer', command: 'TransferInvestigation', text: 'Transfer to another force', when: 'When it was transferred', fields: [line('toForce', 'Force that takes it over', { missing: 'Enter the force' })] },
  { slug: 'cancel', command: 'CancelInvestigation', text: 'Cancel the investigation', when: 'When it was cancelled', fields: [radios('grounds', 'Ground of the crime recording rules', cancelWords, { missing: 'Select the ground' })] },
];

const ofSuspect: readonly Omit<Task, 'about'>[] = [
  { slug: 'name', command: 'NameSuspect', text: 'Name the suspect', when: 'When the suspect was identified', fields: [person, text('basis', 'How the suspect was identified', { optional: true })] },
  { slug: 'arrest', command: 'ArrestSuspect', text: 'Arrested', when: 'When the suspect was arrested', fields: [line('custodyNumber', 'Custody number', { optional: true, width: 'govuk-input--width-20' })] },
  { slug: 'interview', command: 'InterviewSuspectUnderCaution', text: 'Interviewed under caution', when: 'When the interview began', fields: [radios('setting', 'Where', settingWords)] },
  {
    slug: 'bail', command: 'BailSuspect', text: 'Bailed', when: 'When the suspect was bailed',
    fields: [radios('regime', 'Which bail', bailWords), { kind: 'day', name: 'returnOn', label: 'Day to return', optional: true }, text('conditions', 'Conditions', { optional: true })],
  },
  { slug: 'release', command: 'ReleaseSuspectUnderInvestigation', text: 'Released under investigation', when: 'When the suspect was released', fields: [] },
  { slug: 'failed-to-answer', command: 'RecordFailureToAnswerBail', text: 'Failed to answer bail', when: 'When the suspect should have returned', fields: [] },
  { slug: 'charge', command: 'ChargeSuspect', text: 'Charged', when: 'When the suspect was charged', fields: charges('Offences charged', { C: 'Charge' }) },
  { slug: 'requisition', command: 'RequisitionSuspect', text: 'Requisitioned or summonsed', when: 'When it was issued', fields: charges('Offences', { R: 'Postal requisition', S: 'Summons' }) },
  {
    slug: 'no-further-action', command: 'TakeNoFurtherAction', text: 'No further action', when: 'When it was decided',
    fields: [radios('grounds', 'Why no further action is taken', noFurtherActionWords), { kind: 'yes', name: 'writtenNoticeGiven', label: 'Was written notice given?', missing: 'Select whether written notice was given' }],
  },
  {
    slug: 'withdraw-no-further-action', command: 'WithdrawNoFurtherAction', text: 'Withdraw no further action', when: 'When it was withdrawn',
    fields: [{ kind: 'yes', name: 'arrestSought', label: 'Is the suspect to be arrested?', missing: 'Select whether the suspect is to be arrested' }],
  },
  {
    slug: 'circulate', command: 'CirculateSuspect', text: 'Circulated', when: 'When the suspect was circulated',
    fields: [radios('circulation', 'How the suspect is circulated', circulationWords), line('circulationReference', 'Reference of the circulation or warrant', { optional: true, width: 'govuk-input--width-20' })],
  },
  { slug: 'cancel-circulation', command: 'CancelCirculation', text: 'Circulation cancelled', when: 'When it was cancelled', fields: [] },
  { slug: 'escaped', command: 'RecordEscape', text: 'Escaped', when: 'When the suspect escaped', fields: [] },
  { slug: 'eliminate', command: 'EliminateSuspect', text: 'Eliminated', when: 'When the suspect was eliminated', fields: [text('basis', 'What the elimination rests on', { missing: 'Enter what the elimination rests on' })] },
  {
    slug: 'lower-quality', command: 'LowerSuspectQuality', text: 'Name no longer holds', when: 'When the name was given up',
    fields: [radios('quality', 'How well the suspect is known after all', only(qualityWords, codes.lowerQualities)), text('basis', 'Why the name no longer holds', { optional: true })],
  },
  { slug: 'deceased', command: 'RecordSuspectDeceased', text: 'Died', when: 'When the suspect died', fields: [] },
  { slug: 'void-link', command: 'VoidSuspectLink', text: 'Link made in error', when: 'When the error was found', fields: [radios('grounds', 'Why the link should never have been made', voidWords)] },
];

const answer: Task = {
  slug: 'answer-escalation', command: 'AnswerEscalation', text: 'Answer what was escalated', about: 'escalation', when: 'When it was answered',
  fields: [text('answer', 'Answer', { hint: 'What is done about it, or why nothing is. Do not name an intelligence source. Sealed in the record', missing: 'Enter the answer' })],
};

/** Everything that can be recorded on an investigation or a suspect, in the order in which forms are offered. */
export const tasks: readonly Task[] = [
  ...ofInvestigation.map((task): Task => ({ ...task, about: 'investigation' })), ...ofSuspect.map((task): Task => ({ ...task, about: 'suspect' })), answer,
];

/** The form in which an event recorded by a command is corrected. */
export const taskOf = (command: InvestigationCommandName): Task | undefined =>
  (command === 'OpenInvestigation' ? { ...newInvestigation, fields: openingFields } : tasks.find((task) => task.command === command));
