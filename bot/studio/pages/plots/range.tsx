/**
 * Floor and ceiling on a line from 0 to 100 %: the thick part is what the truth lies between, the thin part how
 * far off both may be.
 */
import { percent } from "../numbers";
import type { Known, Share } from "../types";
import { W } from "../words";

interface Props {
  floor: Share;
  ceiling: Share;
  /** Beside plain text that says the same, nothing is read out. */
  silent?: boolean;
}

const HEIGHT = 18;
const MIDDLE = HEIGHT / 2;

export function Range({ floor, ceiling, silent = false }: Props) {
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
    </svg>
  );
}

/** What the lifecycle looks at: the share of the known answers that helped, how far off it may be, and the bar. */
export function KnownRange({ known, bar }: { known: Known; bar: number }) {
  if (known.value === null) return null;
  return (
    <div class="known">
      <svg class="range" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="range-track" x="0" y={MIDDLE - 1} width="100" height="2" />
        <rect class="range-reach" x={100 * known.low} y={MIDDLE - 3} width={100 * (known.high - known.low)} height="6" />
        <rect class="range-floor" x={100 * known.value - 0.8} y={MIDDLE - 7} width="1.6" height="14" />
        <line class="range-bar" x1={100 * bar} x2={100 * bar} y1="0" y2={HEIGHT} />
      </svg>
      <p class="quiet">{W.knownText(known, bar)}</p>
    </div>
  );
}

/** The two figures. */
export function RangeText({ floor, ceiling }: { floor: Share; ceiling: Share }) {
  if (floor.value === null || ceiling.value === null) return <span class="quiet">{W.noData}</span>;
  return (
    <span class="range-text">
      <b>{percent(floor.value)}</b>–{percent(ceiling.value)}
    </span>
  );
}
