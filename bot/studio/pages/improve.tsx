/** Templates by what there is to gain, each with what people said that shows how. */
import type { Review, Reviewed } from "./heard";
import { Link } from "./link";
import { count, day, languageName, percent } from "./numbers";
import { ModeBadge } from "./parts";
import { Bars, type Row } from "./plots/bars";
import { Range, RangeText } from "./plots/range";
import { Spark } from "./plots/spark";
import { SaidAbout, saysNothing } from "./said";
import { W } from "./words";

/** So many are open from the start. */
const OPEN = 2;

export function Improve({ review }: { review: Review }) {
  const some = review.templates.filter((one) => one.gain > 0);
  const most = Math.max(1, ...some.map((one) => one.gain));
  if (some.length === 0) return <p class="card-note">{W.nothingToGain}</p>;
  return (
    <ol class="improve">
      {some.map((one, index) => (
        <One key={one.template} of={one} most={most} titles={review.titles} open={index < OPEN} />
      ))}
    </ol>
  );
}

function rowOf(revision: Reviewed["revisions"][number]): Row {
  const since = W.from(day(revision.new_at));
  return { key: revision.hash, name: `${languageName(revision.language)}, ${since}`, rates: revision.rates };
}

interface Props {
  of: Reviewed;
  most: number;
  titles: Record<string, string>;
  open: boolean;
}

function One({ of: one, most, titles, open }: Props) {
  return (
    <li class="panel improve-one">
      <div class="gain">
        <b>{count(one.gain)}</b>
        <span class="gain-track" aria-hidden="true">
          <span class="gain-bar" style={{ height: `${(100 * one.gain) / most}%` }} />
        </span>
        <span class="quiet">{W.gainOf}</span>
      </div>
      <div>
        <h2>
          {one.known ? <Link to={{ page: "template", name: one.template }}>{one.title}</Link> : one.title}
        </h2>
        <p class="facts-line">
          {one.mode && <ModeBadge mode={one.mode} />}
          <span class="quiet">{W.owned(one.owner)}</span>
          {one.review_by && <span class={one.overdue ? "badge late" : "quiet"}>{W.reviewBy(one.review_by)}</span>}
          {!one.known && <span class="badge">{W.gone}</span>}
        </p>
      </div>
      <div class="improve-rates">
        {one.rates.eligible === 0 ? (
          <p class="quiet">{W.notSentAlone}</p>
        ) : (
          <>
            <Range floor={one.rates.floor} ceiling={one.rates.ceiling} silent />
            <p>
              <RangeText floor={one.rates.floor} ceiling={one.rates.ceiling} />{" "}
              <span class="quiet">
                {W.ofAnswers(count(one.rates.eligible))}, {W.responded(percent(one.rates.response.value))}
              </span>
            </p>
          </>
        )}
      </div>
      {one.weeks.length > 0 ? <Spark weeks={one.weeks} /> : <span />}
      {saysNothing(one) ? (
        <p class="quiet improve-said">{W.nothingSaid}</p>
      ) : (
        <details class="improve-said" open={open}>
          <summary>{W.whatWasSaid}</summary>
          <SaidAbout said={one} titles={titles} />
          {one.revisions.length > 1 && <Bars title={W.revisions} rows={one.revisions.map(rowOf)} />}
        </details>
      )}
    </li>
  );
}
