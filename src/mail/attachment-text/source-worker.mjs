// Started from the sources, the worker is TypeScript, which Node 20 reads only through tsx; the flag --import does not
// reach a thread. A build starts attachment-worker.js itself.
import { register } from 'tsx/esm/api';

register();
const { default: readTask } = await import('./attachment-worker.ts');

export default readTask;
