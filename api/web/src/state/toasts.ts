import { createStore } from './create-store.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: string;
  readonly fix?: string | undefined;
}

const GOOD_MS = 4_000;
/** A fault is read, a success is noticed. */
const BAD_MS = 12_000;
const MOST = 4;

const store = createStore<readonly Toast[]>([]);
let lastId = 0;

export const toasts = {
  ...store,
  show(toast: Omit<Toast, 'id'>): void {
    lastId += 1;
    const id = lastId;
    store.set([...store.get(), { ...toast, id }].slice(-MOST));
    setTimeout(() => this.dismiss(id), toast.tone === 'good' ? GOOD_MS : BAD_MS);
  },
  dismiss(id: number): void {
    store.set(store.get().filter((toast) => toast.id !== id));
  },
};
