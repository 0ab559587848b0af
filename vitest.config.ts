import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['test/{unit,activities}/**/*.test.ts'], sequence: { groupOrder: 0 } },
      },
      {
        test: {
          name: 'server',
          include: ['test/{db,workflows,replay,api,web,system}/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // They mostly wait for servers; the longest files start first.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
