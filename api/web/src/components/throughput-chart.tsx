import type { Overview } from '../../../schemas/overview.ts';
import { formatNumber } from '../format/format-number.ts';
import { useNow } from '../state/use-now.ts';
import './throughput-chart.css';

const MINUTES = 60;
const MINUTE_MS = 60_000;
const HEIGHT = 100;
const STEP = 10;

/** Messages settled in each of the last sixty minutes; the API leaves out minutes without any. */
export function ThroughputChart({ throughput }: { readonly throughput: Overview['throughput'] }) {
  const now = useNow(15_000);
  const thisMinute = Math.floor(now / MINUTE_MS);
  const counts = new Map(
    throughput.map(({ minute, settled }) => [Math.floor(Date.parse(minute) / MINUTE_MS), settled]),
  );
  const series = Array.from({ length: MINUTES }, (_, age) => thisMinute - (MINUTES - 1) + age).map(
    (minute) => ({
      minute,
      settled: counts.get(minute) ?? 0,
    }),
  );
  const most = Math.max(1, ...series.map(({ settled }) => settled));
  const total = series.reduce((sum, { settled }) => sum + settled, 0);
  const words = `${formatNumber(total)} messages settled in the last hour, at most ${formatNumber(most)} in one minute`;
  return (
    <figure>
      <svg
        className="chart"
        viewBox={`0 0 ${MINUTES * STEP} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        <rect className="chart-base" x="0" y={HEIGHT} width={MINUTES * STEP} height="1" />
        {series.map(({ minute, settled }, place) => (
          <rect
            key={minute}
            x={place * STEP + 1}
            y={HEIGHT - (HEIGHT * settled) / most}
            width={STEP - 2}
            height={(HEIGHT * settled) / most}
          />
        ))}
      </svg>
      <figcaption className="chart-foot">
        <span>1 h ago</span>
        <span>{total === 0 ? 'nothing settled' : `peak ${formatNumber(most)}/min`}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
