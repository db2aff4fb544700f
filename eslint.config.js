import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const ALL = ['src/**/*.ts', 'test/**/*.ts', 'deploy/**/*.ts', 'schemas/**/*.ts'];
/** Time, chance and I/O reach these through their arguments and ports alone, so that a test can hold them. */
const REPEATABLE = 'src/{values,claims,policy,adjudication,rebates,wire,stream}/**';
/** The one file that knows JavaScript's Date. */
const CALENDAR = 'src/values/calendar-date.ts';

const globals = (message, names) => names.split(' ').map((name) => ({ name, message }));
const members = (message, object, names) => names.split(' ').map((property) => ({ object, property, message }));

const OUTSIDE = globals(
  'Time and I/O come in through a port.',
  'process console fetch performance crypto setTimeout setInterval setImmediate globalThis',
);

export default defineConfig(
  {
    files: ALL,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Cents in a text would read as dollars.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      complexity: ['error', 10],
      'max-params': ['error', 3],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/main.ts', 'src/config.ts'],
    rules: {
      'no-restricted-properties': ['error', ...members('Settings come from config.ts.', 'process', 'env')],
      'no-restricted-imports': ['error', { name: 'node:process', message: 'Write the global `process`.' }],
    },
  },
  {
    files: [REPEATABLE],
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE, ...globals('A day is a CalendarDate, a time an Instant.', 'Date')],
      'no-restricted-properties': [
        'error',
        ...members('Time comes in with the record.', 'Date', 'now'),
        ...members('A decision must be repeatable.', 'Math', 'random'),
      ],
    },
  },
  {
    files: [CALENDAR],
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
          message: 'Time comes in with the record.',
        },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-properties': [
        'error',
        ...members('Write a fake that passes the contract suite.', 'vi', 'mock doMock fn spyOn'),
      ],
    },
  },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
);
