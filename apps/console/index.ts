export { ConsoleModule } from './console.module';
export type { ConsoleParts } from './parts';
export { setUpConsole } from './set-up';
