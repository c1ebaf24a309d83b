/** What became of the answers: one bar, cut into outcomes, and the same in words. */
import { OUTCOMES } from "../../../pages/names";
import { count, percent } from "../numbers";
import type { OutcomeCount } from "../types";
import { W } from "../words";
import { Figure } from "./figure";

export function Outcomes({ outcomes }: { outcomes: OutcomeCount[] }) {
  const shown = outcomes.filter((one) => one.count > 0);
  return (
    <Figure title={W.outcomes}>
      {shown.length === 0 && <p class="quiet">{W.nothingSent}</p>}
      <div class="stack" aria-hidden="true">
        {shown.map((one) => (
          <span key={one.outcome} class={`slice of-${one.outcome}`} style={{ flexGrow: one.count }} />
        ))}
      </div>
      <ul class="stack-key">
        {shown.map((one) => (
          <li key={one.outcome}>
            <i class={`mark of-${one.outcome}`} aria-hidden="true" />
            <span>{OUTCOMES[one.outcome] ?? one.outcome}</span>
            <b>{count(one.count)}</b>
            <span class="quiet">{percent(one.share)}</span>
          </li>
        ))}
      </ul>
    </Figure>
  );
}
