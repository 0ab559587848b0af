import { useEffect, useState } from 'react';
import { addSample } from './add-sample.ts';
import { type Sample, toRate } from './to-rate.ts';
import { useNow } from './use-now.ts';

/** How fast a counter grows, a second; undefined until it was watched for a while. */
export function useRate(count: number): number | undefined {
  const now = useNow(1_000);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => setSamples((before) => addSample(before, { at: now, count })), [now, count]);
  return toRate(samples);
}
