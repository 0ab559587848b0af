import { createStore } from './create-store.ts';

/** False after a request that got no answer at all. navigator.onLine says nothing about a server on loopback. */
export const connection = createStore(true);
