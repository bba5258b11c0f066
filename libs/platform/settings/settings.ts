import os from 'node:os';
import path from 'node:path';
import { kmsProblems, kmsRule } from './kms-settings';
import { eventStoreRule } from './event-store-settings';
import { redisRule } from './redis-settings';
import { siemRule, siemTarget } from './siem-settings';
import type { SiemSettings } from './siem-settings';
import { signInProblems, signInRules, signInSettings, signInVariables } from './sign-in-settings';
import type { SignInSettings } from './sign-in-settings';
import { telemetryProblems, telemetryRules, telemetrySettings } from './telemetry-settings';
import type { TelemetrySettings } from './telemetry-settings';
import { stateProblems, stateRule, stateTarget } from './state-settings';
import type { StateSettings } from './state-settings';

/** Everything that the surroundings decide. Paths are absolute. */
export interface Settings {
  /** Folder of log, read models and documents. */
  readonly data: string;
  /** Folder of the key store. */
  readonly keys: string;
  /** File of the key-encryption key; absent: the one inside `keys`, which only sample and trial folders may use. */
  readonly kekFile?: string;
  /** The key-management service that opens what `kekFile` holds; absent: the file holds the key itself. */
  readonly kms?: { readonly url: string; readonly tokenFile?: string };
  /** The PostgreSQL of keys and of what is remembered of people; absent: files in `keys`. */
  readonly state?: StateSettings;
  /** A loopback address, unless the force's identity provider is set. */
  readonly listen: string;
  readonly port: number;
  /** A process that is asked to stop says so long that nobody is to be sent to it before it closes its door, ms; absent: decided by its part. */
  readonly drain?: number;
  /** Connection string of the EventStoreDB or KurrentDB that holds the log; absent: a file in `data` holds it. May hold a password. */
  readonly eventStore?: string;
  /** Folder of snapshots, from which an empty data folder of one more process is filled; absent: it reads the whole log. */
  readonly snapshot?: string;
  /** The area when none is given; absent: decided by the folder. */
  readonly homeArea?: string;
  /** Who runs the command line, as the operating system names the account. */
  readonly user: string;
  /** Where security monitoring gets what happens; absent: nowhere. */
  readonly siem?: SiemSettings;
  /** Where jobs wait, for any number of processes; absent: in the memory of this one. May hold a password. */
  readonly redis?: string;
  readonly rates: RateSettings;
  readonly signIn: SignInSettings;
  readonly telemetry: TelemetrySettings;
}

/** How many requests a minute are answered; absent: decided by the folder's kind. */
export interface RateSettings {
  /** Of one signed-in reader. */
  readonly reader?: number;
  /** Of one address that nobody has signed in from. */
  readonly address?: number;
  /** Of one address, to the pages and endpoints of sign-in. */
  readonly signIn?: number;
}

export interface SettingsProblem {
  readonly variable: string;
  readonly rule: string;
}

/** The environment cannot be used as it stands. Names every variable that is wrong, not only the first; never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'SETTINGS_INVALID';
  constructor(readonly problems: readonly SettingsProblem[]) {
    super(problems.map(({ variable, rule }) => `${variable} ${rule}`).join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const noSeal = 'cannot be set: this version of Daybook does not sign checkpoints of its log yet. Unset it.';

const later: Readonly<Record<string, string>> = {
  DAYBOOK_CHECKPOINT_TO: noSeal,
  DAYBOOK_SEAL: noSeal,
};

const now = ['DAYBOOK_DATA', 'DAYBOOK_KEYS', 'DAYBOOK_KEK_FILE', 'DAYBOOK_KMS_URL', 'DAYBOOK_KMS_TOKEN_FILE', 'DAYBOOK_STATE_URL', 'DAYBOOK_STATE_PASSWORD_FILE', 'DAYBOOK_LISTEN', 'DAYBOOK_PORT', 'DAYBOOK_HOME_AREA', 'DAYBOOK_EVENT_STORE',
  'DAYBOOK_RATE_LIMIT', 'DAYBOOK_RATE_LIMIT_ADDRESS', 'DAYBOOK_RATE_LIMIT_SIGN_IN', 'DAYBOOK_SIEM_TO', 'DAYBOOK_REDIS_URL', 'DAYBOOK_DRAIN', 'DAYBOOK_SNAPSHOT', ...signInVariables, ...Object.keys(telemetryRules)];

/** Every variable that this version takes. */
export const settingNames: readonly string[] = now;

const rateRule = (value: string): string | undefined =>
  /^[1-9]\d{0,7}$/.test(value) ? undefined : 'must be a number of requests a minute, from 1 to 99999999';

const rules: Readonly<Record<string, (value: string) => string | undefined>> = {
  ...signInRules,
  ...telemetryRules,
  DAYBOOK_EVENT_STORE: eventStoreRule,
  DAYBOOK_RATE_LIMIT: rateRule,
  DAYBOOK_RATE_LIMIT_ADDRESS: rateRule,
  DAYBOOK_RATE_LIMIT_SIGN_IN: rateRule,
  DAYBOOK_KMS_URL: kmsRule,
  DAYBOOK_STATE_URL: stateRule,
  DAYBOOK_SIEM_TO: siemRule,
  DAYBOOK_REDIS_URL: redisRule,
  DAYBOOK_DRAIN: (value) => (/^\d{1,3}$/.test(value) ? undefined : 'must be a number of seconds from 0 to 999'),
  DAYBOOK_PORT: (value) => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : 'must be a port from 0 to 65535'),
};

const problemOf = (variable: string, value: string): SettingsProblem[] => {
  const rule = later[variable] ?? (now.includes(variable) ? rules[variable]?.(value) : 'is not a setting of this version; is it misspelt?');
  return rule === undefined ? [] : [{ variable, rule }];
};

// With the embedded log a folder is the ledger: filled from another one's, it would be the same ledger a second time.
const snapshotProblems = ({ DAYBOOK_SNAPSHOT: snapshot, DAYBOOK_EVENT_STORE: store = 'embedded' }: Environment): SettingsProblem[] =>
  (snapshot !== undefined && store === 'embedded' ? [{ variable: 'DAYBOOK_SNAPSHOT', rule: 'needs DAYBOOK_EVENT_STORE: it is for one more process over a log in KurrentDB' }] : []);

const ratesOf = (value: Environment): RateSettings => {
  const given = { reader: value.DAYBOOK_RATE_LIMIT, address: value.DAYBOOK_RATE_LIMIT_ADDRESS, signIn: value.DAYBOOK_RATE_LIMIT_SIGN_IN };
  return Object.freeze(Object.fromEntries(Object.entries(given).flatMap(([name, rate]) => (rate === undefined ? [] : [[name, Number(rate)]]))));
};

const accountName = (): string => {
  try {
    return os.userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`; // an account without an entry, as in many containers
  }
};

/**
 * The settings that an environment gives, with the defaults for one machine; an empty variable counts as unset. Relative paths start at `cwd`.
 * @throws SettingsError with every problem at once
 */
export const readSettings = (env: Environment = process.env, cwd = process.cwd()): Settings => {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith('DAYBOOK_') && !!entry[1]);
  const problems = given.flatMap(([variable, value]) => problemOf(variable, value));
  const value = Object.fromEntries(given);
  problems.push(...kmsProblems(value), ...stateProblems(value), ...snapshotProblems(value), ...telemetryProblems(value));
  problems.push(...signInProblems(value).filter(({ variable }) => !problems.some((problem) => problem.variable === variable)));
  if (problems.length > 0) throw new SettingsError(problems);
  const place = (variable: string, otherwise: string): string => path.resolve(cwd, value[variable] ?? otherwise);
  return Object.freeze({
    data: place('DAYBOOK_DATA', 'daybook-data'),
    keys: place('DAYBOOK_KEYS', 'daybook-keys'),
    ...(value.DAYBOOK_KEK_FILE === undefined ? {} : { kekFile: place('DAYBOOK_KEK_FILE', '') }),
    ...(value.DAYBOOK_KMS_URL === undefined ? {} : { kms: { url: value.DAYBOOK_KMS_URL, ...(value.DAYBOOK_KMS_TOKEN_FILE === undefined ? {} : { tokenFile: place('DAYBOOK_KMS_TOKEN_FILE', '') }) } }),
    ...(value.DAYBOOK_STATE_URL === undefined ? {} : { state: stateTarget(value.DAYBOOK_STATE_URL, value.DAYBOOK_STATE_PASSWORD_FILE, (file) => path.resolve(cwd, file)) }),
    listen: value.DAYBOOK_LISTEN ?? '127.0.0.1',
    port: Number(value.DAYBOOK_PORT ?? 3000),
    ...(value.DAYBOOK_DRAIN === undefined ? {} : { drain: Number(value.DAYBOOK_DRAIN) * 1000 }),
    ...(value.DAYBOOK_EVENT_STORE === undefined || value.DAYBOOK_EVENT_STORE === 'embedded' ? {} : { eventStore: value.DAYBOOK_EVENT_STORE }),
    ...(value.DAYBOOK_SNAPSHOT === undefined ? {} : { snapshot: place('DAYBOOK_SNAPSHOT', '') }),
    ...(value.DAYBOOK_HOME_AREA === undefined ? {} : { homeArea: value.DAYBOOK_HOME_AREA }),
    ...(value.DAYBOOK_SIEM_TO === undefined ? {} : { siem: siemTarget(value.DAYBOOK_SIEM_TO) }),
    ...(value.DAYBOOK_REDIS_URL === undefined ? {} : { redis: value.DAYBOOK_REDIS_URL }),
    user: accountName(),
    rates: ratesOf(value),
    telemetry: telemetrySettings(value),
    signIn: signInSettings(value, (variable) => place(variable, '')),
  });
};
