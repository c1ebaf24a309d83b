/**
 * Floor and ceiling on a line from 0 to 100 %: the thick part is what the truth lies between, the thin part how
 * far off both may be, the small line across is the bar that a template has to clear.
 */
import type { Share } from "../types";
import { percent, W } from "../words";

interface Props {
  floor: Share;
  ceiling: Share;
  bar?: number;
  /** Beside plain text that says the same, nothing is read out. */
  silent?: boolean;
}

const HEIGHT = 18;
const MIDDLE = HEIGHT / 2;

export function Range({ floor, ceiling, bar, silent = false }: Props) {
  const known = floor.value !== null && ceiling.value !== null;
  const said = silent ? ({ "aria-hidden": "true" } as const) : ({ role: "img", "aria-label": W.closed(floor, ceiling) } as const);
  const from = 100 * (floor.value ?? 0);
  const to = 100 * (ceiling.value ?? 0);
  return (
    <svg class="range" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" {...said}>
      <rect class="range-track" x="0" y={MIDDLE - 1} width="100" height="2" />
      {known && (
        <>
          <rect class="range-reach" x={100 * floor.low} y={MIDDLE - 1.5} width={100 * (ceiling.high - floor.low)} height="3" />
          <rect class="range-between" x={from} y={MIDDLE - 5} width={Math.max(to - from, 0.8)} height="10" />
          <rect class="range-floor" x={Math.max(from - 0.8, 0)} y={MIDDLE - 7} width="1.6" height="14" />
        </>
      )}
      {bar !== undefined && <line class="range-bar" x1={100 * bar} x2={100 * bar} y1="0" y2={HEIGHT} />}
    </svg>
  );
}

/** The range with its two figures beside it. */
export function RangeText({ floor, ceiling }: { floor: Share; ceiling: Share }) {
  if (floor.value === null || ceiling.value === null) return <span class="quiet">{W.noData}</span>;
  return (
    <span class="range-text">
      <b>{percent(floor.value)}</b>–{percent(ceiling.value)}
    </span>
  );
}
