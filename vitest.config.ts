import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Minutes long and mostly waiting: started first, they run beside all the others. */
const LONG = [
  'kill-nine',
  'start-lifecycle',
  // These two need no build, which the others wait for.
  'embedded-ownership',
  'system/odoo',
  'cli-commands',
  'learn-and-replay',
  'start-refusals',
  'build.test',
  'embedded-servers',
  'system/chain',
  'dashboard',
];

/** For both projects, which then share them: the long files mostly wait, and the short ones fill two cores. */
const WORKERS = 3;

/** After the long ones a project at a time: a worker that is handed a file of the other project starts anew. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.includes(name));
      if (place >= 0) return place;
      return project.name === 'server' ? LONG.length : LONG.length + 1;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** In both projects files share a process (none mocks modules), or loading would take as long as testing. */
const SHARED = { maxWorkers: WORKERS, isolate: false };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // A loaded machine is no failure.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,activities}/**/*.test.ts'],
          ...SHARED,
          // Hostile input is read under load too; what is not linear would take minutes.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/{db,workflows,replay,api,web,system}/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...SHARED,
        },
      },
    ],
  },
});
