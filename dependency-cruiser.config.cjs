// The arrows between rooms go one way (docs/decisions/0002). A room may import what is listed, lib/, and itself.
const rooms = {
  lib: [],
  plan: [],
  episode: ['plan'],
  district: ['plan', 'episode'],
  documents: ['plan', 'episode'],
  workflows: ['episode', 'district', 'plan'],
  platform: [],
  ledger: ['plan', 'episode', 'district'],
  activities: ['plan', 'episode', 'district', 'ledger', 'workflows'],
  worker: ['workflows', 'activities', 'ledger', 'district', 'plan', 'platform'],
  api: ['plan', 'episode', 'district', 'documents', 'ledger', 'workflows'],
  web: [],
  app: ['plan', 'episode', 'district', 'ledger', 'workflows', 'activities', 'worker', 'api', 'platform'],
};
const all = [...Object.keys(rooms), 'test', 'bench'];

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, may]) => ({
      name: `arrows-of-${room}`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^(${all.filter((other) => other !== room && other !== 'lib' && !may.includes(other)).join('|')})/` },
    })),
    {
      name: 'web-speaks-http',
      comment: 'The console knows the program by its HTTP contract alone, and nobody imports the console.',
      severity: 'error',
      from: { path: '^web/', pathNot: '\\.test\\.ts$' },
      to: { path: `^(${all.filter((other) => other !== 'web').join('|')})/` },
    },
    {
      name: 'lib-is-a-leaf',
      comment: 'lib/ means nothing here: it imports nothing of ours, and all may import it.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: `^(${all.filter((other) => other !== 'lib').join('|')})/` },
    },
    {
      name: 'matters-know-no-other-matter',
      comment: 'A matter of api/ stands on http/, engine/ and auth/; api/app.ts and api/routes.ts join the matters.',
      severity: 'error',
      from: { path: '^api/([^/]+)/', pathNot: '(^api/testing/|\\.test\\.ts$)' },
      to: { path: '^api/', pathNot: '^api/(http|engine|auth|$1)/' },
    },
    {
      name: 'only-the-contract-of-workflows',
      comment: 'Outside the worker, workflows are known by their contract alone.',
      severity: 'error',
      from: { path: '^(api|activities)/', pathNot: '(^api/testing/|\\.test\\.ts$)' },
      to: { path: '^workflows/', pathNot: '^workflows/contract\\.ts$' },
    },
    {
      name: 'pure-core',
      comment: 'plan/ after loading and episode/ know no engine, clock, file or network.',
      severity: 'error',
      from: { path: '^(episode|district|workflows)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'light-bundle',
      comment: 'zod, configuration and logging stay out of the workflow bundle (docs/design.md, "Lessons", 12).',
      severity: 'error',
      from: { path: '^(episode|district|workflows)/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/(zod|pino|yaml|kysely|express|mustache|jose)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
