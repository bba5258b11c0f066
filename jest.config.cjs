// NestJS 12 and some others ship only as ES modules, which CommonJS tests on Node 20 cannot require: those are transformed too.
const fs = require('node:fs');
const path = require('node:path');

const modules = path.join(__dirname, 'node_modules');
const typeOf = (dir) => {
  try {
    return JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8')).type;
  } catch {
    return undefined;
  }
};
const packages = fs.existsSync(modules)
  ? fs.readdirSync(modules).flatMap((name) => (name.startsWith('@') ? fs.readdirSync(path.join(modules, name)).map((sub) => `${name}/${sub}`) : [name]))
  : [];
// The last two load something by import().
const esm = [...packages.filter((name) => typeOf(path.join(modules, name)) === 'module'), '@fastify/cookie', '@opentelemetry/otlp-exporter-base'];

const swc = {
  swcrc: false,
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

module.exports = {
  testEnvironment: 'node',
  testTimeout: 60_000, // machines are noisy; no test asserts a time

  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
  moduleNameMapper: {
    '^#kernel$': '<rootDir>/libs/kernel/index.ts',
    '^#platform/([^/]+)$': '<rootDir>/libs/platform/$1/index.ts',
    '^#contexts/([^/]+)$': '<rootDir>/libs/contexts/$1/index.ts',
    '^#test/(.+)$': '<rootDir>/test/support/$1.ts',
  },
};
