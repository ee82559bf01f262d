/** The room table of ARCHITECTURE.md, as rules. A room that is not named in another's list is closed to it. */

const rooms = require('./scripts/rooms.cjs')

/** What each room of ours may know of the others. `test` may know everything, and nobody may know `test`. */
const mayKnow = {
  domain: [],
  policies: ['domain'],
  intake: ['domain'],
  contracts: ['domain'],
  // Between us and Temporal: what a message holds is nothing to it.
  codec: ['runtime'],
  // Of activities their types, which stand in contracts.
  workflows: ['domain', 'contracts'],
  db: ['domain', 'contracts'],
  activities: ['domain', 'contracts', 'db'],
  api: ['domain', 'contracts', 'db', 'policies', 'intake', 'runtime', 'dossier', 'codec'],
  worker: ['domain', 'contracts', 'workflows', 'activities', 'db', 'runtime', 'codec'],
  web: [],
  runtime: ['contracts', 'db'],
  // A dry run is pure: scenarios are read, the domain plays them.
  simulation: ['domain', 'contracts'],
  // Packed by whoever has the parts, checked by whoever has the file.
  dossier: ['domain'],
  // Its officers go through the door with the client that the commands use.
  demo: ['domain', 'contracts', 'policies', 'intake', 'runtime', 'cli', 'simulation'],
  // It works through the door, and looks behind it when all is over.
  chaos: [
    'domain',
    'contracts',
    'policies',
    'activities',
    'db',
    'worker',
    'runtime',
    'cli',
    'demo',
    'simulation',
    'codec',
  ],
  cli: [
    'domain',
    'contracts',
    'policies',
    'intake',
    'db',
    'activities',
    'runtime',
    'demo',
    'chaos',
    'simulation',
    'dossier',
    'bench',
    'codec',
  ],
  // Measures the real thing: the API's own way to a case without HTTP, and the door with the client that the commands use.
  bench: ['domain', 'contracts', 'policies', 'db', 'api', 'runtime', 'simulation', 'cli'],
}

const roomRules = Object.entries(mayKnow).map(([room, known]) => ({
  name: `room-${room}`,
  comment: `${room}/ may know ${known.length > 0 ? known.map((name) => `${name}/`).join(', ') : 'nothing outside itself'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: `^(${rooms.join('|')})/`,
    pathNot: `^(${[room, ...known].join('|')})/`,
  },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'domain-is-pure',
      comment: 'The domain decides: no clock, no I/O, no packages but a pure hash.',
      severity: 'error',
      from: { path: '^domain/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'],
        pathNot: '@noble/hashes',
      },
    },
    {
      name: 'contracts-are-plain',
      comment: 'Messages and their shapes: nothing of Node, no package but zod.',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'], pathNot: 'node_modules/zod' },
    },
    {
      name: 'workflows-are-deterministic',
      comment: 'The workflow sandbox has no Node, and of Temporal only what replays.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'],
        pathNot: 'node_modules/@temporalio/(workflow|common)|@noble/hashes',
      },
    },
    {
      name: 'reads-never-touch-temporal',
      comment: 'The ledger answers; Temporal only runs.',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: 'node_modules/@temporalio/' },
    },
    {
      name: 'web-knows-only-the-api',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: 'node_modules/(@temporalio|pg|kysely)/' },
    },
    {
      name: 'nobody-knows-a-test',
      severity: 'error',
      from: { pathNot: '^(test/|vitest\\.config\\.ts)' },
      to: { path: '^test/' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'web-is-declared',
      comment: 'The console is built into plain files: what it is made of is wanted for the build only.',
      severity: 'error',
      from: { path: '^web/', pathNot: '^web/generated/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'declared',
      comment:
        'What runs in production is a dependency in package.json, not something another package brought.',
      severity: 'error',
      from: { pathNot: '^(test/|chaos/|bench/|vitest\\.config\\.ts|scripts/|web/)' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|web/dist|web/generated|test/histories|\\.bihuan|\\.cache)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
