import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';
import { formatNumber } from '../words/format';

const console_ = join(__dirname, '..');

/** The repository's or the installed package's own root. */
const packageRoot = (from: string): string => (existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from)));

/** Where the built style sheet, scripts and their list of names are; the views are beside the compiled code. */
export const builtConsole = join(packageRoot(__dirname), 'dist/apps/console');

/** Addresses of the built files. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  readonly preload: readonly string[];
  readonly icon: string;
}

/** @throws when the console's assets have not been built */
export const readAssets = (): Assets => JSON.parse(readFileSync(join(builtConsole, 'assets.json'), 'utf8')) as Assets;

const moduleFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** One Nunjucks environment for pages and their specs; everything printed is escaped. */
export const createEnvironment = (): Environment => {
  const folders = [console_, join(moduleFolder('govuk-frontend'), 'dist'), moduleFolder('@ministryofjustice/frontend')];
  const environment = new Environment(new FileSystemLoader(folders), { autoescape: true, trimBlocks: true, lstripBlocks: true });
  environment.addFilter('number', formatNumber);
  return environment;
};
