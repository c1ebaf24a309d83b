/** Rows of floor and ceiling, one under the other on one scale: revisions, variants. */
import type { ComponentChildren } from "preact";
import { count } from "../numbers";
import type { Rates } from "../types";
import { W } from "../words";
import { Figure } from "./figure";
import { Range, RangeText } from "./range";

export interface Row {
  key: string;
  name: ComponentChildren;
  more?: ComponentChildren;
  rates: Rates;
}

export function Bars({ title, note, rows }: { title: string; note?: string; rows: Row[] }) {
  return (
    <Figure title={title} note={note}>
      <ul class="bars">
        {rows.map((row) => (
          <li key={row.key}>
            <div class="bars-name">{row.name}</div>
            <Range floor={row.rates.floor} ceiling={row.rates.ceiling} />
            <div>
              <RangeText floor={row.rates.floor} ceiling={row.rates.ceiling} />{" "}
              {row.rates.eligible > 0 && <span class="quiet">{W.ofAnswers(count(row.rates.eligible))}</span>}
            </div>
            {row.more && <div class="bars-more">{row.more}</div>}
          </li>
        ))}
      </ul>
    </Figure>
  );
}
