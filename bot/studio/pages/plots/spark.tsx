/** Weeks as a small line: what is between floor and ceiling, and the floor. */
import type { Week } from "../types";
import { W } from "../words";

const WIDTH = 96;
const HEIGHT = 28;

export function Spark({ weeks }: { weeks: Week[] }) {
  const known = weeks.filter((week) => week.floor.value !== null && week.ceiling.value !== null);
  const first = weeks[0]?.at ?? 0;
  const span = Math.max((weeks.at(-1)?.at ?? 0) - first, 1);
  const x = (week: Week) => 2 + ((WIDTH - 4) * (week.at - first)) / span;
  const y = (share: number | null) => 2 + (HEIGHT - 4) * (1 - (share ?? 0));
  const floor = known.map((week) => `${x(week)},${y(week.floor.value)}`);
  const ceiling = known.map((week) => `${x(week)},${y(week.ceiling.value)}`);
  const last = known.at(-1);
  return (
    <svg class="spark" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={W.trend(known)}>
      <line class="spark-foot" x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
      {known.length > 1 && (
        <>
          <polygon class="spark-between" points={[...floor, ...ceiling.reverse()].join(" ")} />
          <polyline class="spark-floor" points={floor.join(" ")} />
        </>
      )}
      {last && <circle class="spark-now" cx={x(last)} cy={y(last.floor.value)} r="2.5" />}
    </svg>
  );
}
