// Runs in a process of its own (the native call cannot be cancelled): lets the Temporal SDK download its dev server
// into argv[2]. `--help` makes the program end at once instead of serving.
import { DefaultLogger, Runtime } from '@temporalio/worker';

const runtime = Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
const exe = {
  type: 'cached-download',
  downloadDir: process.argv[2],
  version: 'default',
  ttl: 86_400_000,
  sdkName: 'sdk-typescript',
  sdkVersion: process.argv[3],
};
try {
  await runtime.createEphemeralServer({
    type: 'dev-server',
    exe,
    namespace: 'default',
    ip: '127.0.0.1',
    port: null,
    uiPort: null,
    dbFilename: null,
    ui: false,
    log: { format: 'pretty', level: 'error' },
    extraArgs: ['--help'],
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
}
process.exit(0);
