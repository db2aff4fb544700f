const PURE = ['values', 'claims', 'policy', 'adjudication', 'rebates'];

/** What a folder of src may import besides itself. `commands`, main.ts, config.ts and variables.ts are not listed: they may know everybody. */
const MAY_IMPORT = {
  values: [],
  claims: ['values'],
  policy: ['values', 'claims'],
  adjudication: ['values', 'claims', 'policy'],
  rebates: ['values', 'claims', 'policy', 'adjudication'],
  wire: ['values', 'claims', 'policy', 'adjudication', 'rebates'],
  stream: [...PURE, 'wire'],
  adapters: ['values', 'claims', 'policy', 'rebates', 'wire', 'stream'],
};

/** The only places of src that a package may be imported from. A package without a line has no place there. */
const HOMES = {
  'decimal.js': ['values/'],
  avsc: ['wire/'],
  kafkajs: ['adapters/kafka/'],
  '@kafkajs/confluent-schema-registry': ['adapters/registry/'],
  ioredis: ['adapters/redis/'],
  pino: ['adapters/telemetry/'],
  'prom-client': ['adapters/telemetry/'],
  zod: ['variables.ts', 'commands/', 'adapters/files/'],
  yaml: ['commands/', 'adapters/files/'],
  commander: ['main.ts', 'commands/'],
  'hdr-histogram-js': ['commands/demo/'],
};

const DEMO = '^src/commands/demo[./]';

const literally = (text) => text.replaceAll('.', '\\.');
const inPackage = (name) => `node_modules/${literally(name)}/`;
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

const forbidden = (name, from, to) => ({ name, severity: 'error', from, to });

const onlyFolders = Object.entries(MAY_IMPORT).map(([folder, others]) =>
  forbidden(
    `${folder}-imports-only-${others.join('-') || 'itself'}`,
    { path: `^src/${folder}/` },
    { path: '^(src|test|deploy|schemas)/', pathNot: [folder, ...others].map((each) => `^src/${each}/`) },
  ),
);

const onlyAtHome = Object.entries(HOMES).map(([name, homes]) =>
  forbidden(
    `${name}-stays-at-home`,
    { path: '^src/', pathNot: homes.map((home) => `^src/${literally(home)}`) },
    { path: inPackage(name) },
  ),
);

export default {
  forbidden: [
    forbidden('no-circular', {}, { circular: true }),
    forbidden('no-orphans', { orphan: true, path: '^src/', pathNot: '^src/main\\.ts$' }, {}),
    forbidden('no-unresolved', {}, { couldNotResolve: true }),
    ...onlyFolders,
    ...onlyAtHome,
    forbidden(
      'the-core-uses-nothing-of-node',
      { path: `^src/(${[...PURE, 'stream'].join('|')})/` },
      { dependencyTypes: ['core'] },
    ),
    forbidden(
      'wire-uses-crypto-and-fs-of-node',
      { path: '^src/wire/' },
      { dependencyTypes: ['core'], pathNot: '^(crypto|fs)$' },
    ),
    forbidden(
      'a-package-has-a-home',
      { path: '^src/' },
      { dependencyTypes: NPM, pathNot: Object.keys(HOMES).map(inPackage) },
    ),
    // The image holds neither the dev dependencies nor the local servers, so the demo may not load with the program.
    forbidden('src-needs-no-dev-dependency', { path: '^src/', pathNot: DEMO }, { dependencyTypes: ['npm-dev'] }),
    forbidden('the-demo-loads-on-demand', { path: '^src/', pathNot: DEMO }, { path: DEMO, dynamic: false }),
    forbidden(
      'adapters-are-wired-in-one-place',
      { path: '^src/', pathNot: ['^src/(main|config)\\.ts$', '^src/(commands|adapters)/'] },
      { path: '^src/adapters/' },
    ),
    forbidden(
      'local-servers-are-for-the-demo-and-tests',
      { pathNot: [DEMO, '^test/', '^deploy/local/'] },
      { path: '^deploy/local/' },
    ),
    forbidden('src-knows-no-test', { path: '^(src|deploy|schemas)/' }, { path: '^test/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
