import tseslint from 'typescript-eslint';

const pure = ['libs/kernel/**/*.ts', 'libs/contexts/*/domain/**/*.ts', 'libs/contexts/*/read/**/*.projection.ts', 'libs/contexts/*/read/case-*.ts'];
const tests = ['**/*.spec.ts', '**/*.fixtures.ts', '**/*.contract.ts', 'test/**'];

const size = (lines, functionLines) => ({
  'max-lines': ['error', { max: lines, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: functionLines, skipBlankLines: true, skipComments: true }],
});

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'test-results/**', 'daybook-data/**', 'daybook-keys/**', '**/*.mjs', '**/*.cjs', 'apps/console/assets/**/*.js'] },
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'The environment is read in libs/platform/settings alone.' }],
      'prefer-const': 'error',
      eqeqeq: 'error',
      ...size(250, 60),
    },
  },
  { files: ['libs/contexts/*/domain/**/*.ts', 'libs/contexts/*/read/**/*.ts'], ignores: tests, rules: size(120, 40) },
  { files: ['libs/platform/settings/**', ...tests], rules: { 'no-restricted-properties': 'off' } },
  // Nest reads constructor types at run time: there a type import would be injected as nothing.
  { files: ['**/*.controller.ts', '**/*.handlers.ts', '**/*.module.ts', '**/*.filter.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  {
    files: pure,
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'crypto', 'performance', 'setTimeout', 'setInterval', 'console', 'Buffer'],
      'no-restricted-properties': ['error',
        { object: 'Date', property: 'now', message: 'Time comes in with the command.' },
        { object: 'Math', property: 'random', message: 'Chance comes in with the command.' }],
      'no-restricted-syntax': ['error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes in with the command.' },
        { selector: ':function[async=true]', message: 'A decision does not wait.' }],
    },
  },
  { files: tests, rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }], '@typescript-eslint/no-floating-promises': 'error' } },
);
