/** Intents that compete for the same messages, templates that nobody needs, and reviews that are overdue. */
import type { Overdue, Pair, Review, Unneeded } from "./heard";
import { Link } from "./link";
import { count, day } from "./numbers";
import { ModeBadge } from "./parts";
import { W } from "./words";

export function Tidy({ review }: { review: Review }) {
  return (
    <div class="tidy">
      <Competing pairs={review.pairs} titles={review.titles} />
      <div class="tidy-side">
        <UnneededList unneeded={review.unneeded} />
        <OverdueList overdue={review.overdue} />
      </div>
    </div>
  );
}

function Competing({ pairs, titles }: { pairs: Pair[]; titles: Record<string, string> }) {
  const most = Math.max(1, ...pairs.map((pair) => pair.messages));
  return (
    <section class="panel" aria-labelledby="competing">
      <h2 id="competing">{W.competing}</h2>
      <p class="quiet">{W.competingNote}</p>
      {pairs.length === 0 && <p class="quiet">{W.none}</p>}
      <ul class="pairs">
        {pairs.map((pair) => (
          <li key={`${pair.one} ${pair.other}`}>
            <p>
              <b>{titles[pair.one] ?? pair.one}</b> <span class="quiet">{W.and}</span>{" "}
              <b>{titles[pair.other] ?? pair.other}</b>
            </p>
            <span class="pair-track" aria-hidden="true">
              <span class="pair-bar" style={{ width: `${(100 * pair.messages) / most}%` }} />
            </span>
            <p class="quiet">{W.pair(pair, titles)}</p>
            {pair.examples.map((example) => (
              <q key={example}>{example}</q>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UnneededList({ unneeded }: { unneeded: Unneeded[] }) {
  return (
    <section class="panel" aria-labelledby="unneeded">
      <h2 id="unneeded">{W.unneeded}</h2>
      <p class="quiet">{W.unneededNote}</p>
      {unneeded.length === 0 && <p class="quiet">{W.none}</p>}
      <ul class="plain-list">
        {unneeded.map((one) => (
          <li key={one.template}>
            <Link to={{ page: "template", name: one.template }}>{one.title}</Link> <ModeBadge mode={one.mode} />{" "}
            <span class="quiet">
              {one.last_sent === null ? W.neverSent : W.lastSent(day(one.last_sent))}, {W.owned(one.owner)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OverdueList({ overdue }: { overdue: Overdue[] }) {
  return (
    <section class="panel" aria-labelledby="overdue">
      <h2 id="overdue">
        {W.overdue} {overdue.length > 0 && <span class="count">{count(overdue.length)}</span>}
      </h2>
      {overdue.length === 0 && <p class="quiet">{W.none}</p>}
      <ul class="plain-list">
        {overdue.map((one) => (
          <li key={one.template}>
            <Link to={{ page: "template", name: one.template }}>{one.title}</Link>{" "}
            <span class="quiet">
              {W.reviewBy(one.review_by)}, {W.owned(one.owner)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
