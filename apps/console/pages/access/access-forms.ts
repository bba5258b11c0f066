import type { AccessListCommandName } from '#contexts/oversight';

/** One box or set of radios of a form. `name`: the field of the request. */
export interface AccessField {
  readonly name: string;
  readonly kind: 'line' | 'radios' | 'checkboxes' | 'text' | 'day';
  readonly label: string;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
  readonly optional?: true;
  /** Said when nothing was given. */
  readonly missing?: string;
}

/** A decision about an access list as a person makes it. */
export interface AccessTask {
  readonly command: AccessListCommandName;
  readonly heading: (reference: string) => string;
  readonly button: string;
  /** What it comes to, said before it is done. */
  readonly note: string;
  readonly warning?: true;
  readonly fields: readonly AccessField[];
}

const day = (name: string, label: string, hint: string): AccessField => ({ name, kind: 'day', label, hint, optional: true });

/** Every decision about the access list of an investigation. */
export const accessTasks = {
  grant: {
    command: 'GrantAccess', heading: (reference) => `Give access to ${reference}`, button: 'Give access', note: 'Whoever is on the access list reads the investigation from the first day to the last. Give it to one user, or to everybody of one agency.',
    fields: [
      { name: 'user', kind: 'line', label: 'Collar number of the user', hint: 'For example DC 4417. Leave it empty to give access to an agency', optional: true },
      { name: 'agency', kind: 'line', label: 'Agency', hint: 'Its name as its users sign in with it', optional: true },
      day('from', 'First day', 'Leave it empty for today. For example 27/3/2026'), day('until', 'Last day', 'Leave it empty for a year, which is the longest'),
      { name: 'basis', kind: 'text', label: 'Why do they need to know?', hint: 'Sealed in the record', missing: 'Enter why they need to know' },
      { name: 'agreement', kind: 'line', label: 'Reference of the information sharing agreement', optional: true },
    ],
  },
  withdraw: {
    command: 'WithdrawAccess', heading: (reference) => `Withdraw access to ${reference}`, button: 'Withdraw access', note: 'It ends at once. That they had it, and until when, stays on the record.', warning: true,
    fields: [{ name: 'basis', kind: 'text', label: 'Why is it withdrawn?', hint: 'Sealed in the record', optional: true }],
  },
  breakGlass: {
    command: 'BreakGlass', heading: (reference) => `Open ${reference} in an emergency`, button: 'Open the record now', warning: true,
    note: 'You can read it for eight hours. Its officer, their supervisor and the auditors are told at once, and somebody else reviews whether there was need.',
    fields: [{ name: 'basis', kind: 'text', label: 'Why must you read it at once?', hint: 'In your own words. It is kept as your reason for access as well', missing: 'Say in your own words why you must read it at once' }],
  },
  review: {
    command: 'ReviewBreakGlass', heading: (reference) => `Review emergency access to ${reference}`, button: 'Record the review', note: 'If there was no need, the access ends at once. It is reviewed once.',
    fields: [
      { name: 'finding', kind: 'radios', label: 'Was there need of it?', options: [{ value: 'JUSTIFIED', text: 'Yes, it was justified' }, { value: 'NOT_JUSTIFIED', text: 'No, it was not justified' }], missing: 'Choose whether there was need of it' },
      { name: 'note', kind: 'text', label: 'What you found', hint: 'Sealed in the record', optional: true },
    ],
  },
} as const satisfies Readonly<Record<string, AccessTask>>;

/** Those about the access list of an operation. */
export const operationTasks = {
  grant: {
    ...accessTasks.grant,
    note: 'Whoever is on the access list of an operation reads the investigations of it that you may give access to, from the first day to the last. What comes to belong to the operation later they read once the list is let reach it.',
  },
  extend: {
    command: 'ExtendAccess', heading: (reference) => `Let those on the list of ${reference} read more`, button: 'Give access',
    note: 'They are on the list already and do not read all that you may give them access to. Each keeps the days of their own entry.',
    fields: [
      { name: 'grantIds', kind: 'checkboxes', label: 'Who should read them?', options: [], missing: 'Choose who should read them' },
      { name: 'basis', kind: 'text', label: 'Why do they need to know?', hint: 'Sealed in the record', missing: 'Enter why they need to know' },
    ],
  },
  withdraw: { ...accessTasks.withdraw, note: 'It ends at once, for every investigation of the operation that they read by it. That they had it, and until when, stays on the record.' },
} as const satisfies Readonly<Record<string, AccessTask>>;
