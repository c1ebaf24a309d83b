/** From asked to closed: how many are left after each step. */
import { count, percent } from "../numbers";
import type { Step } from "../types";
import { W } from "../words";
import { Figure } from "./figure";

export function Funnel({ steps, title = W.funnel, note }: { steps: Step[]; title?: string; note?: string }) {
  return (
    <Figure title={title} note={note}>
      <ol class="funnel">
        {steps.map((step) => (
          <li key={step.name}>
            <span>{W.step(step.name)}</span>
            <span class="funnel-track" aria-hidden="true">
              <span class={`funnel-bar step-${step.name}`} style={{ width: `${100 * (step.share ?? 0)}%` }} />
            </span>
            <span class="funnel-count">
              <b>{count(step.count)}</b> {step.share !== null && <span class="quiet">{percent(step.share)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Figure>
  );
}
