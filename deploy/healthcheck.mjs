// The image's HEALTHCHECK, for API and worker. Argument: the id of the process to judge, 1 in a container.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const LIMIT_MS = 4_000;
const command = readFileSync(`/proc/${process.argv[2] ?? '1'}/cmdline`, 'utf8');

if (command.includes('server.js')) {
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`, {
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (!answer.ok) throw new Error(`the API answers ${answer.status}`);
} else {
  // A worker that cannot go on ends by itself and is restarted: what is left to see is whether Temporal is in reach.
  const address = new URL(`tcp://${process.env.TEMPORAL_ADDRESS}`);
  await new Promise((resolve, reject) => {
    const socket = connect(Number(address.port), address.hostname);
    socket.setTimeout(LIMIT_MS, () => reject(new Error('Temporal does not answer')));
    socket.once('connect', resolve).once('error', reject);
  });
}
process.exit(0);
