/** Editing a template's texts, and the ways to ask for it: replayed before anything is published. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Api, Failure, reasonOf } from "../../pages/api";
import type { Problem } from "../../pages/problem";
import type { Edit, Line, Replayed } from "./edits";
import { Examples } from "./examples";
import { Link } from "./link";
import { Shown, useLoaded } from "./loaded";
import { count } from "./numbers";
import { ProblemList } from "./problems";
import { ReplayedView } from "./replayed";
import { go } from "./route";
import type { Template, Text } from "./types";
import { W } from "./words";

export function EditPage({ api, name }: { api: Api; name: string }) {
  const loaded = useLoaded<Template>(api, `templates/${encodeURIComponent(name)}?days=30`);
  return (
    <>
      <nav aria-label={W.where} class="where">
        <Link to={{ page: "templates" }}>{W.templates}</Link> <span aria-hidden="true">/</span>{" "}
        <Link to={{ page: "template", name }}>{name}</Link> <span aria-hidden="true">/</span> {W.editShort}
      </nav>
      <Shown of={loaded}>{(template) => <Editor api={api} template={template} />}</Shown>
    </>
  );
}

type Stage =
  | { is: "writing" }
  | { is: "replaying"; done: number; of: number }
  | { is: "replayed"; replayed: Replayed; edit: Edit }
  | { is: "publishing" };

function keyOf(text: Text): string {
  return `${text.variant}/${text.channel}/${text.language}`;
}

function Editor({ api, template }: { api: Api; template: Template }) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [examples, setExamples] = useState<Record<string, string>>({});
  const [removed, setRemoved] = useState<Record<string, string[]>>({});
  const [stage, setStage] = useState<Stage>({ is: "writing" });
  const [problems, setProblems] = useState<Problem[]>([]);
  const [error, setError] = useState("");
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const edit = editOf(template, texts, examples, removed);
  const changes = [edit.texts, Object.keys(edit.examples), Object.keys(edit.removed)].flat().length;
  const path = `templates/${encodeURIComponent(template.template)}`;

  const changed = () => {
    running.current?.abort();
    setStage({ is: "writing" });
    setProblems([]);
    setError("");
  };
  const heard = (line: Line) => {
    if (line.is === "progress") setStage({ is: "replaying", done: line.done, of: line.of });
    if (line.is === "failed") setError(line.message);
    if (line.is === "problems" || line.is === "replayed") setProblems(line.problems);
    if (line.is === "replayed") setStage({ is: "replayed", replayed: line.replayed, edit });
    if (line.is === "failed" || line.is === "problems") setStage({ is: "writing" });
  };
  const replay = async (event: SubmitEvent) => {
    event.preventDefault();
    const mine = new AbortController();
    running.current = mine;
    setError("");
    setStage({ is: "replaying", done: 0, of: 0 });
    try {
      await api.lines<Line>(`${path}/replay`, edit, heard, mine.signal);
    } catch (failure) {
      if (mine.signal.aborted) return;
      setError(failure instanceof Failure ? failure.message : W.replayBroke);
      setStage({ is: "writing" });
    }
  };
  const publish = async (tried: Edit, replayed: Replayed) => {
    setStage({ is: "publishing" });
    setError("");
    try {
      const answer = await api.post<{ written: boolean; problems: Problem[] }>(`${path}/publish`, tried);
      setProblems(answer.problems);
      if (answer.written) return go({ page: "template", name: template.template });
    } catch (failure) {
      setError(reasonOf(failure));
    }
    setStage((now) => (now.is === "publishing" ? { is: "replayed", replayed, edit: tried } : now));
  };

  return (
    <div class="edit-columns">
      <form class="panel editor" onSubmit={replay} aria-labelledby="edit-title">
        <h1 id="edit-title">{W.titleOf({ page: "edit", name: template.title })}</h1>
        <p class="quiet">{W.editLead}</p>
        {template.texts.map((text) => (
          <TextField
            key={keyOf(text)}
            of={text}
            value={texts[keyOf(text)] ?? text.text}
            onInput={(value) => {
              changed();
              setTexts({ ...texts, [keyOf(text)]: value });
            }}
          />
        ))}
        {languages(template).map((language) => (
          <Examples
            key={language}
            language={language}
            known={template.examples[language] ?? []}
            removed={removed[language] ?? []}
            more={examples[language] ?? ""}
            onRemoved={(list) => {
              changed();
              setRemoved({ ...removed, [language]: list });
            }}
            onMore={(value) => {
              changed();
              setExamples({ ...examples, [language]: value });
            }}
          />
        ))}
        <div role="alert">{error && <p class="complaint">{error}</p>}</div>
        <ProblemList problems={problems} />
        <p class="acts">
          <button
            type="submit"
            class={stage.is === "replayed" ? "" : "primary"}
            disabled={changes === 0 || stage.is === "replaying" || stage.is === "publishing"}
          >
            {W.replay}
          </button>
          {stage.is === "replayed" && (
            <button type="button" class="primary" onClick={() => publish(stage.edit, stage.replayed)}>
              {W.publish}
            </button>
          )}
        </p>
        <p class="quiet">{stage.is === "replayed" ? W.publishMeans : changes === 0 ? W.changeSomething : W.replayMeans}</p>
      </form>
      <div aria-live="polite">
        {stage.is === "replaying" && <Progress done={stage.done} of={stage.of} />}
        {stage.is === "replayed" && <ReplayedView of={stage.replayed} />}
        {stage.is === "writing" && <p class="placeholder quiet">{W.resultHere}</p>}
      </div>
    </div>
  );
}

/** What differs from what is there. */
function editOf(
  template: Template,
  texts: Record<string, string>,
  examples: Record<string, string>,
  removed: Record<string, string[]>,
): Edit {
  const changed = template.texts
    .map((text) => ({ ...text, text: texts[keyOf(text)] ?? text.text, before: text.text }))
    .filter((text) => text.text !== text.before);
  const lines = Object.entries(examples).map(([language, typed]): [string, string[]] => [
    language,
    typed.split("\n").map((line) => line.trim()).filter(Boolean),
  ]);
  return { texts: changed, examples: filled(lines), removed: filled(Object.entries(removed)) };
}

function filled(lists: [string, string[]][]): Record<string, string[]> {
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

function languages(template: Template): string[] {
  return [...new Set([...template.texts.map((text) => text.language), ...Object.keys(template.examples)])];
}

function TextField({ of: text, value, onInput }: { of: Text; value: string; onInput: (value: string) => void }) {
  const id = `text-${keyOf(text).replaceAll("/", "-")}`;
  return (
    <div class="field">
      <label for={id}>{W.textLabel(text)}</label>
      <textarea
        id={id}
        lang={text.language}
        rows={Math.min(14, Math.max(4, value.split("\n").length + Math.ceil(value.length / 70)))}
        value={value}
        required
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function Progress({ done, of }: { done: number; of: number }) {
  return (
    <div class="panel progress">
      <label for="progress">{of > 0 ? W.replaying(count(done), count(of)) : W.preparing}</label>
      <progress id="progress" value={of > 0 ? done : undefined} max={Math.max(of, 1)} />
    </div>
  );
}
