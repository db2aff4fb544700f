/**
 * `npm run unused` runs twice. First the tests count as users, so that builders and fakes are judged too. Then, with
 * --production, they do not: what only its own test uses is dead code. A test may still look at a part of a live file.
 */
export default ({ production = false }) => ({
  entry: [
    '{schemas/generate-types,deploy/local/stack}.ts!',
    // Started as processes of their own.
    'test/integration/worker-process.ts',
    'test/bench/load.ts',
  ],
  project: ['{src,schemas,deploy}/**/*.ts!', 'test/**/*.{ts,mjs}'],
  // A type that is part of an exported signature may be exported with it.
  ignoreExportsUsedInFile: production ? true : { type: true },
});
