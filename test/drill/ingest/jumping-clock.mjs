// Loaded before everything else in a process whose clock a drill moves.
import { readFileSync } from 'node:fs';

const Real = Date;
let offset = 0;
const read = () => {
  const found = Number(readFileSync(process.env.DRILL_CLOCK_FILE, 'utf8'));
  if (Number.isFinite(found)) offset = found;
};
read();
setInterval(read, 200).unref();

globalThis.Date = class extends Real {
  constructor(...parts) {
    super(...(parts.length === 0 ? [Real.now() + offset] : parts));
  }
  static now() {
    return Real.now() + offset;
  }
};
