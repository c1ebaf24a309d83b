/** One template: how it does, how it got there, and what may be done with it. */
import { useState } from "preact/hooks";
import type { Api } from "../../pages/api";
import type { SaidOfOne } from "./heard";
import { Link } from "./link";
import { Shown, useLoaded } from "./loaded";
import { MODES } from "./names";
import { count, day, percent, time } from "./numbers";
import { ModeBadge } from "./parts";
import { Period } from "./period";
import { Bars } from "./plots/bars";
import { Funnel } from "./plots/funnel";
import { Outcomes } from "./plots/outcomes";
import { type Mark, Weeks } from "./plots/weeks";
import { SaidAbout, saysNothing } from "./said";
import type { Share, Template } from "./types";
import { Ways } from "./ways";
import { W } from "./words";

const USUAL_DAYS = 90;

export function TemplatePage({ api, name }: { api: Api; name: string }) {
  const [days, setDays] = useState(USUAL_DAYS);
  const loaded = useLoaded<Template>(api, `templates/${encodeURIComponent(name)}?days=${days}`);
  return (
    <>
      <nav aria-label={W.where} class="where">
        <Link to={{ page: "templates" }}>{W.templates}</Link> <span aria-hidden="true">/</span> {name}
      </nav>
      <Shown of={loaded}>
        {(template) => (
          <>
            <Head of={template} days={days} onDays={setDays} />
            <div class="template-columns">
              <div class="template-main">
                <Tiles of={template} />
                <Weeks
                  title={W.weeksOf}
                  weeks={template.weeks}
                  marks={marks(template)}
                />
                <div class="two-plots even">
                  <Funnel steps={template.funnel} title={W.funnelOf} />
                  <Outcomes outcomes={template.outcomes} />
                </div>
                <Revisions of={template} />
                <Variants of={template} />
                <Heard api={api} name={name} days={days} />
              </div>
              <div class="template-side">
                <Ways api={api} template={template} onChanged={loaded.again} />
                <Texts of={template} />
                <Operators of={template} />
                <History of={template} />
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function Head({ of: one, days, onDays }: { of: Template; days: number; onDays: (days: number) => void }) {
  return (
    <div class="page-head">
      <div>
        <h1>{one.title}</h1>
        <p class="facts-line">
          <ModeBadge mode={one.mode} />
          <span>{one.mode === "auto" && one.edited ? W.autoEdited : MODES[one.mode].means}</span>
          {one.since && <span class="quiet">{W.since(one.since)}</span>}
          {one.risk && <span class="badge risky">{W.risk(one.risk)}</span>}
          <span class="quiet">{W.owned(one.owner)}</span>
          {one.review_by && <span class={one.overdue ? "badge late" : "quiet"}>{W.reviewBy(one.review_by)}</span>}
        </p>
      </div>
      <Period days={days} onDays={onDays} />
    </div>
  );
}

function Tiles({ of: one }: { of: Template }) {
  const tile = (name: string, share: Share) => (
    <div class="tile">
      <dt>{name}</dt>
      <dd>
        <b>{percent(share.value)}</b>
        {share.value !== null && <span class="quiet">{W.interval(share)}</span>}
      </dd>
    </div>
  );
  return (
    <dl class="tiles">
      {tile(W.floor, one.rates.floor)}
      {tile(W.ceiling, one.rates.ceiling)}
      {tile(W.response, one.rates.response)}
      <div class="tile">
        <dt>{W.sent}</dt>
        <dd>
          <b>{count(one.rates.sent)}</b>
          <span class="quiet">{W.countedOf(one.rates.eligible)}</span>
        </dd>
      </div>
      <div class="tile">
        <dt>{W.toGain}</dt>
        <dd>
          <b>{count(one.to_gain)}</b>
          <span class="quiet">{W.toGainMeans}</span>
        </dd>
      </div>
    </dl>
  );
}

function marks(one: Template): Mark[] {
  return one.marks.map((mark) => ({
    at: mark.at,
    name: mark.kind === "text" ? W.newText(mark.languages) : W.newMode(mark.before, mark.mode),
  }));
}

function Heard({ api, name, days }: { api: Api; name: string; days: number }) {
  const loaded = useLoaded<SaidOfOne>(api, `templates/${encodeURIComponent(name)}/said?days=${days}`);
  return (
    <section class="panel" aria-labelledby="heard">
      <h2 id="heard">{W.whatWasSaid}</h2>
      <Shown of={loaded}>
        {({ said, titles }) =>
          said && !saysNothing(said) ? <SaidAbout said={said} titles={titles} /> : <p class="quiet">{W.nothingSaid}</p>
        }
      </Shown>
    </section>
  );
}

function Revisions({ of: one }: { of: Template }) {
  if (one.revisions.length === 0) return null;
  const rows = one.revisions.map((revision) => ({
    key: revision.hash,
    name: (
      <>
        <b>{W.textName(revision)}</b>{" "}
        <span class="quiet">{W.fromTo(day(revision.first), day(revision.last))}</span>
      </>
    ),
    more: (
      <details>
        <summary>{W.itsText}</summary>
        <p class="said">{revision.text}</p>
      </details>
    ),
    rates: revision.rates,
  }));
  return <Bars title={W.revisions} note={W.revisionsNote} rows={rows} />;
}

function Variants({ of: one }: { of: Template }) {
  if (one.variants.length < 2) return null;
  const rows = one.variants.map((variant) => ({
    key: variant.name,
    name: (
      <>
        <b>{variant.name || W.plainVariant}</b>{" "}
        <span class="quiet">{variant.lost ? W.lostVariant : W.traffic(variant.traffic)}</span>
      </>
    ),
    more: variant.lost || undefined,
    rates: variant.rates,
  }));
  return <Bars title={W.variants} note={W.variantsNote} rows={rows} />;
}

function Texts({ of: one }: { of: Template }) {
  return (
    <section class="panel" aria-labelledby="texts">
      <div class="panel-head">
        <h2 id="texts">{W.texts}</h2>
        <Link to={{ page: "edit", name: one.template }} class="button">
          {W.edit}
        </Link>
      </div>
      <dl class="texts">
        {one.texts.map((text) => (
          <div key={`${text.variant} ${text.channel} ${text.language}`}>
            <dt>{W.textName(text)}</dt>
            <dd class="said" lang={text.language}>
              {text.text}
            </dd>
          </div>
        ))}
      </dl>
      <p class="quiet">
        <code>
          {one.file}:{one.line}
        </code>
      </p>
    </section>
  );
}

function Operators({ of: one }: { of: Template }) {
  const used = one.operators;
  if (used.as_suggested + used.edited + used.ignored === 0) return null;
  return (
    <section class="panel" aria-labelledby="operators">
      <h2 id="operators">{W.operators}</h2>
      <dl class="plain-facts">
        <div>
          <dt>{W.asSuggested}</dt>
          <dd>{count(used.as_suggested)}</dd>
        </div>
        <div>
          <dt>{W.editedFirst}</dt>
          <dd>{count(used.edited)}</dd>
        </div>
        <div>
          <dt>{W.ignored}</dt>
          <dd>{count(used.ignored)}</dd>
        </div>
      </dl>
    </section>
  );
}

function History({ of: one }: { of: Template }) {
  return (
    <section class="panel" aria-labelledby="history">
      <h2 id="history">{W.history}</h2>
      <ol class="history">
        {one.history.map((change) => (
          <li key={change.number} class={change.system ? "by-system" : ""}>
            <p>
              <ModeBadge mode={change.before} /> <span aria-label="to">→</span> <ModeBadge mode={change.mode} />
            </p>
            <p>{change.sentence}</p>
            <p class="quiet">
              {change.by}, {time(change.at)}
            </p>
          </li>
        ))}
        <li>
          <p>
            <ModeBadge mode={one.start} />
          </p>
          <p class="quiet">{W.begins}</p>
        </li>
      </ol>
    </section>
  );
}
