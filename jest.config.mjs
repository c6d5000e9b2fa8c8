// The kernel has TypeScript's server collect garbage often, which spares memory while a notebook is at rest. Tests start
// hundreds of servers, which never rest: collecting less often takes a third less of their time. With --long it is as for users.
if (!process.env.COKERNEL_LONG) process.env.GOGC ??= '200';

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/transform.mjs' },
  testTimeout: 60_000,
};
