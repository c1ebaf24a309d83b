/** The top of the page: who is signed in, whether news arrive, sound, and what is wrong with the content. */
import { useState } from "preact/hooks";
import type { Problem } from "../../bot/pages/problem";
import type { Desk } from "./desk";
import { setSound, soundOn } from "./sound";

const STUDIO = ["lead", "editor", "admin"];

interface Props {
  desk: Desk;
  onKeys: () => void;
  onLeave: () => void;
}

export function Bar({ desk, onKeys, onLeave }: Props) {
  const [sound, setOn] = useState(soundOn());
  const turn = () => {
    setSound(!sound);
    setOn(!sound);
  };
  return (
    <header class="bar">
      <h1 class="brand">Frontdesk</h1>
      <p class={`connection ${desk.connection}`} role="status">
        {desk.connection === "open" ? "Live" : desk.connection === "lost" ? "Connection lost, trying again" : "Connecting"}
      </p>
      <span class="bar-space" />
      <button type="button" class="quiet-button" aria-pressed={sound} onClick={turn}>
        Sound {sound ? "on" : "off"}
      </button>
      <button type="button" class="quiet-button" onClick={onKeys}>
        Keys <kbd>?</kbd>
      </button>
      {desk.person.operator.roles.some((role) => STUDIO.includes(role)) && (
        <a class="quiet-link" href="/studio">
          Studio
        </a>
      )}
      <span class="who">{desk.person.operator.name}</span>
      <button type="button" class="quiet-button" onClick={onLeave}>
        Sign out
      </button>
    </header>
  );
}

const SHOWN = 3;

/** The last save of the content did not go live, and why. */
export function ProblemBanner({ problems }: { problems: Problem[] }) {
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length === 0) return null;
  return (
    <aside class="banner" aria-label="Problems of the content">
      <details>
        <summary>
          The last change to the content has {errors.length === 1 ? "an error" : `${errors.length} errors`}; the bot goes on
          with what worked before.
        </summary>
        <ul>
          {errors.slice(0, SHOWN).map((problem) => (
            <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`}>
              <code>
                {problem.file}:{problem.line}:{problem.column}
              </code>{" "}
              {problem.message}
              {problem.hint && <span class="quiet"> ({problem.hint})</span>}
            </li>
          ))}
          {errors.length > SHOWN && <li>and {errors.length - SHOWN} more; `frontdesk check` lists them all</li>}
        </ul>
      </details>
    </aside>
  );
}

/** What the server refused, until it is read. */
export function Complaint({ desk }: { desk: Desk }) {
  return (
    <div role="alert" class="complaint-place">
      {desk.complaint && (
        <p class="complaint">
          {desk.complaint}
          <button type="button" class="link" onClick={() => desk.dismiss()}>
            Dismiss
          </button>
        </p>
      )}
    </div>
  );
}
