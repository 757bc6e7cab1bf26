// ESM under jest: --experimental-vm-modules (scripts/test.mjs); `.js` in relative imports names the `.ts` source.
const swc = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/**
 * Suites that start installations and browsers again and again, or keep an engine busy: half an hour of two cores. At short length
 * (lib/testing/at-length.ts) they are left out, unless the command names them.
 */
const AT_LENGTH = [
  'test/(backup|broadcast|build|calendar|calls|chains|chains-sent|clock-back|cluster|faults|full-disk|half-a-year)',
  'test/(ill-channels|installation|kinds-of-life[a-z-]*|load|logs|mail-hangs|mend|messages-of-a-life|metrics)',
  'test/(public-pages|receipts|restart|revisions|revive|several-machines|start|thousand-units|traces|upgrade)',
  'api/on-postgresql',
  'app/issue-by-command',
  'workflows/episode',
  'test/console/(?!desk\\.)[a-z-]+',
].map((suites) => `<rootDir>/${suites}\\.test\\.ts$`);

const isNamed = process.argv.slice(2).some((argument) => !argument.startsWith('-'));
const leftOut = process.env.QINGKONG_TESTS === 'long' || isNamed ? [] : AT_LENGTH;

export default {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  testMatch: ['**/*.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/seed.ts'],
  showSeed: true,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...leftOut],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Ends what hangs; how fast a machine is decides no test.
  testTimeout: 20 * 60_000,
  // Two cores: while one suite waits for a timer or a server, two others run.
  maxWorkers: 3,
  // Modules of ended suites stay in a worker's memory; with 2 GB of them each suite took three times as long.
  workerIdleMemoryLimit: '600MB',
};
