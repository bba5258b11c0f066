export { ConsoleModule } from './console.module';
export { setUpConsole } from './set-up';
