// A thread has no loader of its own for TypeScript, and `--import tsx/esm` does nothing in one.
import { register } from 'tsx/esm/api';

register();
export const { default: trainInThread } = await import('./train-in-thread.ts');
export default trainInThread;
