import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Minutes long and mostly waiting: started first, they run beside all the others. */
const LONG = [
  'kill-nine',
  'cli-commands',
  'start-lifecycle',
  'start-refusals',
  'build.test',
  'system/odoo',
  'dashboard',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.includes(name));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
