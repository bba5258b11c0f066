export { compiled, fromRoot } from './compiled';
export { readSettings, SettingsError } from './settings';
export type { Settings, SettingsProblem } from './settings';
