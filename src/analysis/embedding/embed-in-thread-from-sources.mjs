// A thread has no loader of its own for TypeScript, and `--import tsx/esm` does nothing in one.
import { register } from 'tsx/esm/api';

register();
export const { default: embedInThread } = await import('./embed-in-thread.ts');
export default embedInThread;
