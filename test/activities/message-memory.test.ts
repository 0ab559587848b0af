import { describe, expect, it } from 'vitest';
import { createMessageMemory } from '../../src/create-message-memory.ts';
import { ACCOUNT } from './support/fake-dependencies.ts';
import { classification, RECEIVED_AT, VIEW } from './support/readings.ts';

const known = (text = 'x') => ({ view: { ...VIEW, text }, account: ACCOUNT, receivedAt: RECEIVED_AT });

describe('the memory between the steps', () => {
  it('hands over what was set last, until it is deleted', () => {
    const memory = createMessageMemory();
    expect(memory.get('m1')).toBeUndefined();
    memory.set('m1', known());
    memory.set('m1', { ...known(), classification: classification('order') });
    expect(memory.get('m1')?.classification?.category).toBe('order');
    memory.delete('m1');
    memory.delete('m1');
    expect(memory.get('m1')).toBeUndefined();
  });

  it('forgets the oldest rather than grow without end', () => {
    const memory = createMessageMemory();
    for (let index = 0; index < 20; index += 1) memory.set(`m${index}`, known('x'.repeat(1_000_000)));
    expect(memory.get('m19')).toBeDefined();
    expect(memory.get('m0')).toBeUndefined();
  });

  it('does without a view that alone is too large, and does not answer an older one for it', () => {
    const memory = createMessageMemory();
    memory.set('m1', known('small'));
    memory.set('m1', known('x'.repeat(11_000_000)));
    expect(memory.get('m1')).toBeUndefined();
  });
});
