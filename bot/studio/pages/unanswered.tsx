/** Questions without an answer, put together by what they mean, each with a draft that can be mended and accepted. */
import { useId, useState } from "preact/hooks";
import { type Api, reasonOf } from "../../pages/api";
import type { Problem } from "../../pages/problem";
import type { Topic, Unanswered } from "./heard";
import { count, day, languageName, percent } from "./numbers";
import { ProblemList } from "./problems";
import { W } from "./words";

interface Props {
  api: Api;
  found: Unanswered;
  days: number;
  onAccepted: () => Promise<void>;
}

export function UnansweredList({ api, found, days, onAccepted }: Props) {
  const [said, setSaid] = useState("");
  const most = Math.max(1, ...found.topics.map((topic) => topic.conversations));
  return (
    <>
      <p class="quiet found">{W.topicsFound(found.all, found.conversations, found.topics.length)}</p>
      <p role="status" class={said ? "news" : ""}>
        {said}
      </p>
      <ol class="topics">
        {found.topics.map((topic) => (
          <One
            key={topic.id}
            api={api}
            topic={topic}
            most={most}
            titles={found.titles}
            days={days}
            onAccepted={async (sentence) => {
              setSaid(sentence);
              await onAccepted();
            }}
          />
        ))}
      </ol>
    </>
  );
}

interface OneProps {
  api: Api;
  topic: Topic;
  most: number;
  titles: Record<string, string>;
  days: number;
  onAccepted: (sentence: string) => Promise<void>;
}

function One({ api, topic, most, titles, days, onAccepted }: OneProps) {
  const [open, setOpen] = useState(false);
  const others = topic.phrasings.filter((one) => one.text !== topic.typical);
  return (
    <li class="panel topic">
      <div class="gain">
        <b>{count(topic.conversations)}</b>
        <span class="gain-track" aria-hidden="true">
          <span class="gain-bar" style={{ height: `${(100 * topic.conversations) / most}%` }} />
        </span>
        <span class="quiet">{W.conversations(topic.conversations)}</span>
      </div>
      <div>
        <h2 lang={topic.language}>{topic.typical}</h2>
        <p class="facts-line quiet">
          {languageName(topic.language)}, {W.fromTo(day(topic.first_at), day(topic.last_at))}
          {topic.intent && <span>{W.understoodAs(titles[topic.intent] ?? topic.intent)}</span>}
          {topic.answered > 0 && <span>{W.answeredByOperators(topic.answered)}</span>}
        </p>
        {others.length > 0 && (
          <ul class="quotes short" lang={topic.language}>
            {others.slice(0, 4).map((one) => (
              <li key={one.text}>
                <q>{one.text}</q>
              </li>
            ))}
          </ul>
        )}
        {topic.replies.length > 0 && (
          <p class="reply" lang={topic.language}>
            <span class="quiet">{W.operatorsSaid}</span> {topic.replies[0]}
          </p>
        )}
      </div>
      <p class="acts">
        {topic.known ? (
          <span class="badge">{W.knownByNow}</span>
        ) : (
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${W.draft}: ${topic.typical}`}
            onClick={() => setOpen(!open)}
          >
            {W.draft}
          </button>
        )}
      </p>
      {open && <DraftForm api={api} topic={topic} titles={titles} days={days} onAccepted={onAccepted} onClose={() => setOpen(false)} />}
    </li>
  );
}

type DraftProps = Omit<OneProps, "most"> & { onClose: () => void };

function DraftForm({ api, topic, titles, days, onAccepted, onClose }: DraftProps) {
  const id = useId();
  const { draft } = topic;
  const isNew = draft.is_new || topic.intent !== "";
  const [problems, setProblems] = useState<Problem[]>([]);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const body = {
      name: String(form.get("name") ?? "").trim(),
      examples: String(form.get("examples")).split("\n").map((line) => line.trim()).filter(Boolean),
      text: String(form.get("text") ?? "").trim(),
    };
    setBusy(true);
    setError("");
    try {
      const answer = await api.post<{ written: boolean; problems: Problem[]; files: string[] }>(
        `unanswered/${topic.id}/accept?days=${days}`,
        body,
      );
      setProblems(answer.problems);
      if (answer.written) {
        if (answer.problems.length === 0) onClose();
        await onAccepted(W.accepted(topic.typical, answer.files));
      }
    } catch (failure) {
      setError(reasonOf(failure));
    }
    setBusy(false);
  };

  return (
    <form class="draft" onSubmit={submit} aria-label={`${W.draft}: ${topic.typical}`} aria-busy={busy}>
      {isNew ? (
        <div class="field">
          <label for={`${id}-name`}>{W.draftName}</label>
          <input id={`${id}-name`} name="name" defaultValue={draft.template} required pattern="[a-z0-9_]+" aria-describedby={`${id}-name-hint`} />
          <p class="hint" id={`${id}-name-hint`}>
            {W.draftNameHint}
          </p>
        </div>
      ) : (
        <p>{W.addsTo(titles[draft.intent] ?? draft.intent)}</p>
      )}
      <div class="field">
        <label for={`${id}-examples`}>{W.examples}</label>
        <textarea
          id={`${id}-examples`}
          name="examples"
          rows={Math.min(10, Math.max(3, draft.examples.length + 1))}
          lang={draft.language}
          aria-describedby={`${id}-examples-hint`}
          defaultValue={draft.examples.join("\n")}
        />
        <p class="hint" id={`${id}-examples-hint`}>
          {W.examplesHint}
        </p>
      </div>
      {isNew && (
        <div class="field">
          <label for={`${id}-text`}>{W.answer}</label>
          <textarea
            id={`${id}-text`}
            name="text"
            rows={5}
            lang={draft.language}
            required
            aria-describedby={`${id}-text-hint`}
            defaultValue={draft.text}
          />
          <p class="hint" id={`${id}-text-hint`}>
            {draft.text ? W.draftedFrom(draft.replies, percent(draft.agreement)) : W.noReplies}
          </p>
        </div>
      )}
      <div role="alert">{error && <p class="complaint">{error}</p>}</div>
      <ProblemList problems={problems} />
      <p class="acts">
        <button class="primary" type="submit" disabled={busy}>
          {W.accept}
        </button>
        <span class="quiet">{isNew ? W.acceptMeans : W.acceptAddsMeans}</span>
      </p>
    </form>
  );
}
