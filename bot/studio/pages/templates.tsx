/** All templates: what waits for somebody's word, what was taken back, and every template by what there is to gain. */
import { useState } from "preact/hooks";
import { type Api, reasonOf } from "../../pages/api";
import { Link } from "./link";
import { Shown, useLoaded } from "./loaded";
import { ModeBadge } from "./parts";
import { Period } from "./period";
import { Funnel } from "./plots/funnel";
import { KnownRange } from "./plots/range";
import { Weeks } from "./plots/weeks";
import { TemplateTable } from "./table";
import type { Overview, Standing, TakenBack } from "./types";
import { W } from "./words";

const USUAL_DAYS = 30;

export function TemplatesPage({ api }: { api: Api }) {
  const [days, setDays] = useState(USUAL_DAYS);
  const loaded = useLoaded<Overview>(api, `templates?days=${days}`);
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{W.templates}</h1>
          <p class="quiet">{W.templatesLead}</p>
        </div>
        <Period days={days} onDays={setDays} />
      </div>
      <Shown of={loaded}>
        {(overview) => (
          <>
            <div class="notices">
              <Proposals api={api} overview={overview} onDone={loaded.again} />
              <TakenBackList taken={overview.taken_back} />
            </div>
            <div class="two-plots">
              <Weeks title={W.allTemplates} weeks={overview.weeks} />
              <Funnel steps={overview.funnel} />
            </div>
            <TemplateTable templates={overview.templates} />
          </>
        )}
      </Shown>
    </>
  );
}

interface ProposalsProps {
  api: Api;
  overview: Overview;
  onDone: () => Promise<void>;
}

/** One card each. "Not now" hides it on this page until the page is opened again. */
function Proposals({ api, overview, onDone }: ProposalsProps) {
  const [hidden, setHidden] = useState<string[]>([]);
  const [said, setSaid] = useState("");
  const open = overview.templates.filter((one) => one.proposal && !hidden.includes(one.template));

  const confirm = async (one: Standing) => {
    if (!one.proposal) return;
    try {
      const verdict = await api.post<{ allowed: boolean; sentence: string }>(`templates/${one.template}/mode`, {
        to: one.proposal.to,
      });
      setSaid(verdict.allowed ? W.confirmed(one.title, one.proposal.to) : verdict.sentence);
    } catch (failure) {
      setSaid(reasonOf(failure));
    }
    await onDone();
  };

  return (
    <section aria-labelledby="proposals" class={open.length === 0 ? "nothing" : ""}>
      {open.length > 0 && <h2 id="proposals">{W.proposals}</h2>}
      <p role="status" class={said ? "news" : ""}>
        {said}
      </p>
      <ul class="proposals">
        {open.map((one) => (
          <Proposed
            key={one.template}
            of={one}
            bar={overview.bar}
            onConfirm={() => confirm(one)}
            onHide={() => setHidden([...hidden, one.template])}
          />
        ))}
      </ul>
    </section>
  );
}

interface ProposedProps {
  of: Standing;
  bar: number;
  onConfirm: () => Promise<void>;
  onHide: () => void;
}

function Proposed({ of: one, bar, onConfirm, onHide }: ProposedProps) {
  const [busy, setBusy] = useState(false);
  if (!one.proposal) return null;
  const act = async () => {
    setBusy(true);
    await onConfirm();
    setBusy(false);
  };
  return (
    <li class="proposal">
      <h3>
        <Link to={{ page: "template", name: one.template }}>{one.title}</Link>
      </h3>
      <p class="proposal-way">
        <ModeBadge mode={one.mode} />
        <span aria-label="to">→</span>
        <ModeBadge mode={one.proposal.to} />
      </p>
      <p class="proposal-why">{one.proposal.sentence}</p>
      <KnownRange known={one.known} bar={bar} />
      {one.proposal.may ? (
        <p class="acts">
          <button type="button" class="primary" disabled={busy} onClick={act} aria-label={`${W.confirm}: ${one.title}`}>
            {W.confirm}
          </button>
          <button type="button" class="quiet-button" onClick={onHide} aria-label={`${W.notNow}: ${one.title}`}>
            {W.notNow}
          </button>
        </p>
      ) : (
        <p class="quiet">{W.mayNot}</p>
      )}
    </li>
  );
}

function TakenBackList({ taken }: { taken: TakenBack[] }) {
  if (taken.length === 0) return null;
  return (
    <section class="taken-back" aria-labelledby="taken-back">
      <h2 id="taken-back">{W.takenBack}</h2>
      <ul>
        {taken.map((one) => (
          <li key={one.template}>
            <Link to={{ page: "template", name: one.template }}>{one.title}</Link>{" "}
            <span class="quiet">{W.takenBackSince(one.at)}</span>
            <p>{one.sentence}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
