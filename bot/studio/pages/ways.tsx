/** Putting a template into another mode: what may be done now, and why the rest may not. */
import { useState } from "preact/hooks";
import { type Api, reasonOf } from "../../pages/api";
import { Buttons, Window } from "../../pages/window";
import { MODES } from "./names";
import { KnownRange } from "./plots/range";
import type { Mode, Template, Verdict, Way } from "./types";
import { W } from "./words";

interface Props {
  api: Api;
  template: Template;
  onChanged: () => Promise<void>;
}

export function Ways({ api, template, onChanged }: Props) {
  const [asked, setAsked] = useState<Mode | null>(null);
  const [said, setSaid] = useState<{ good: boolean; text: string } | null>(null);
  const { proposal } = template;
  const allowed = template.ways.filter((way) => way.allowed);
  const refused = template.ways.filter((way) => !way.allowed);

  const change = async (to: Mode, reason: string) => {
    setAsked(null);
    try {
      const path = `templates/${encodeURIComponent(template.template)}/mode`;
      const verdict = await api.post<Verdict>(path, { to, reason });
      setSaid({ good: verdict.allowed, text: verdict.allowed ? W.confirmed(template.title, to) : verdict.sentence });
    } catch (failure) {
      setSaid({ good: false, text: reasonOf(failure) });
    }
    await onChanged();
  };

  return (
    <section class={`panel ways ${proposal ? "with-proposal" : ""}`} aria-labelledby="ways">
      <h2 id="ways">{proposal ? W.proposalTitle(proposal.to) : W.ways}</h2>
      {proposal && <p>{proposal.sentence}</p>}
      <KnownRange known={template.known} bar={template.bar} />
      <p role="status" class={said ? (said.good ? "news" : "complaint") : ""}>
        {said?.text}
      </p>
      <p class="acts">
        {allowed.map((way) => (
          <button
            key={way.to}
            type="button"
            class={way.to === proposal?.to ? "primary" : ""}
            onClick={() => setAsked(way.to)}
          >
            {MODES[way.to].ask}
          </button>
        ))}
      </p>
      {refused.length > 0 && (
        <dl class="refused">
          {refused.map((way) => (
            <Refused key={way.to} way={way} />
          ))}
        </dl>
      )}
      {asked && (
        <ReasonWindow
          to={asked}
          title={template.title}
          onClose={() => setAsked(null)}
          onReason={(reason) => change(asked, reason)}
        />
      )}
    </section>
  );
}

function Refused({ way }: { way: Way }) {
  return (
    <div>
      <dt>{W.notYet(way.to)}</dt>
      <dd>{way.sentence}</dd>
    </div>
  );
}

interface ReasonProps {
  to: Mode;
  title: string;
  onClose: () => void;
  onReason: (reason: string) => void;
}

function ReasonWindow({ to, title, onClose, onReason }: ReasonProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onReason(String(new FormData(event.currentTarget as HTMLFormElement).get("reason") ?? "").trim());
  };
  return (
    <Window title={`${MODES[to].ask}: ${title}`} onClose={onClose}>
      <form onSubmit={submit}>
        <p class="quiet">{W.modeMeans(to)}</p>
        <div class="field">
          <label for="reason">{W.reason}</label>
          <textarea id="reason" name="reason" rows={2} maxLength={500} aria-describedby="reason-hint" />
          <p class="hint" id="reason-hint">
            {W.reasonHint}
          </p>
        </div>
        <Buttons act={MODES[to].ask} onClose={onClose} />
      </form>
    </Window>
  );
}
