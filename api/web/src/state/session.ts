import { createStore } from './create-store.ts';

interface Session {
  readonly key: string | undefined;
  /** Why the server does not talk to us; undefined while it does. */
  readonly locked: 'missing' | 'refused' | undefined;
}

const SLOT = 'mailroom.apiKey';
const store = createStore<Session>({ key: sessionStorage.getItem(SLOT) ?? undefined, locked: undefined });

/** The API key, kept for this tab only: closing it forgets the key. */
export const session = {
  ...store,
  lock(usedKey: string | undefined): void {
    // An answer to a request that was sent before the key was changed says nothing about the new key.
    if (usedKey !== store.get().key) return;
    store.set({ key: usedKey, locked: usedKey === undefined ? 'missing' : 'refused' });
  },
  unlock(key: string): void {
    sessionStorage.setItem(SLOT, key);
    store.set({ key, locked: undefined });
  },
  forget(): void {
    sessionStorage.removeItem(SLOT);
    store.set({ key: undefined, locked: 'missing' });
  },
};
