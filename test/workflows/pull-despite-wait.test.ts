import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { createSchedules } from '../../src/temporal/create-schedules.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { toPage } from '../support/fake-activities.ts';
import { openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

const RARE: Omit<Account, 'id' | 'mode'> = {
  kind: 'files',
  name: 'Rare',
  address: 'rare@harborline.example',
  state: 'active',
  stateReason: undefined,
  pullEverySeconds: 86_400,
  imap: undefined,
};

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

test.each([
  ['pulls it', 'hybrid', 'pull'],
  ['pulls it', 'manual', 'pull'],
  ['resumes it', 'auto', 'resume'],
] as const)(
  'a pull that keeps a wait of a day makes room when somebody %s (%s)',
  async (_what, mode, verb) => {
    const id = `waiting-${mode}`;
    const pages = [{ ...toPage([], false), waitMs: 86_400_000 }];
    room.fakes.on('fetchPage', id, async () => pages.shift() ?? toPage([], true));
    const schedules = createSchedules(room.client, loadTemporalConfig());
    await schedules.ensure({ ...RARE, id, mode });
    if (mode === 'manual') await room.controls.pullNow(id);
    const countPages = () => room.fakes.requestsOf('fetchPage', id).length;
    await vi.waitFor(() => expect(countPages()).toBe(1), PATIENCE);
    // The list of runs follows the server by a moment.
    await vi.waitFor(async () => expect(await room.controls.cancelPull(id)).toBe(true), PATIENCE);
    await (verb === 'pull' ? room.controls.pullNow(id) : schedules.resume(id));
    await vi.waitFor(() => expect(countPages()).toBe(2), PATIENCE);
    await schedules.remove(id);
  },
);
