import { describe, expect, it } from 'vitest';
import { createPictureQueue } from '../../../src/mail/attachment-text/create-picture-queue.ts';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** A turn that lasts until it is told to end. */
const makeTurn = () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => ended, end };
};

describe('the queue of pictures', () => {
  it('gives up a turn that does not come in time, and never begins it', async () => {
    const queue = createPictureQueue(20);
    const turn = makeTurn();
    const first = queue.run(turn.run);
    let begun = 0;
    const late = await queue.run(async () => ++begun);
    turn.end();
    await first;
    await sleep(5);
    expect([late, begun]).toEqual([undefined, 0]);
    expect(await queue.run(async () => 'free again')).toBe('free again');
  });

  it('refuses at once while turns are long, and while it is full', async () => {
    const queue = createPictureQueue(150);
    const long = makeTurn();
    const slow = makeTurn();
    const before = queue.run(long.run);
    await sleep(600);
    const running = queue.run(slow.run);
    long.end();
    await before;
    const atOnce = new Promise((resolve) => setImmediate(resolve, 'after other work'));
    expect(await Promise.race([queue.run(async () => 'read'), atOnce])).toBeUndefined();
    slow.end();
    await running;
    // All of them are gone: who comes next is not held to their pace.
    const burst = Array.from({ length: 8 }, () => queue.run(async () => 'read'));
    expect(await Promise.all(burst)).toEqual(Array.from(burst, () => 'read'));

    const wide = createPictureQueue(60_000);
    const block = makeTurn();
    const turns = Array.from({ length: 32 }, () => wide.run(block.run));
    expect(await wide.run(async () => 'read')).toBeUndefined();
    block.end();
    await Promise.all(turns);
    expect(await wide.run(async () => 'read')).toBe('read');
  });

  it('lets a caller leave, and passes on what a turn throws', async () => {
    const queue = createPictureQueue(60_000);
    const turn = makeTurn();
    const first = queue.run(turn.run);
    const caller = new AbortController();
    let begun = 0;
    const left = queue.run(async () => ++begun, caller.signal);
    const next = queue.run(async () => 'next');
    caller.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    turn.end();
    await first;
    expect([await next, begun]).toEqual(['next', 0]);
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
