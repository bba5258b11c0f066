export { compiled, fromRoot } from './compiled';
export { kurrentRule } from './event-store-settings';
export { readSettings, settingNames, SettingsError } from './settings';
export type { RateSettings, Settings, SettingsProblem } from './settings';
export type { OidcSettings, SignInSettings } from './sign-in-settings';
export type { StateSettings } from './state-settings';
export type { TelemetrySettings } from './telemetry-settings';
