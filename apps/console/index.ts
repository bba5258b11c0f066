export { ConsoleModule } from './console.module';
export type { ConsoleParts } from './parts';
export { TypedTooLate } from './pages/recording/typed-too-late';
export { setUpConsole } from './set-up';
export { themeWords } from './words/codes';
export { wordsOf } from './words/events';
export { counted, formatEffective, formatMoment, formatNumber } from './words/format';
export type { AuditParts, BreakGlassNotice } from './pages/audit/audit-parts';
export { consoleDoors } from './console.doors';
