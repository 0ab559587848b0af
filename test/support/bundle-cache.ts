import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

/** Where tests keep bundled workflows, from run to run: by the hash of all that goes into them. */
export const BUNDLE_CACHE = join(PACKAGE_ROOT, 'node_modules', '.cache', 'mailroom-test');
