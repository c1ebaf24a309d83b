/** How far back the figures go. */
import { W } from "./words";

export function Period({ days, onDays }: { days: number; onDays: (days: number) => void }) {
  return (
    <div class="choices" role="group" aria-label={W.period}>
      {W.periods.map((period) => (
        <button key={period.days} type="button" aria-pressed={period.days === days} onClick={() => onDays(period.days)}>
          {period.name}
        </button>
      ))}
    </div>
  );
}
