/** Windows over the page: closing with a reason, giving back to the bot, and the list of keys. */
import { useState } from "preact/hooks";
import { Buttons, Window } from "../../bot/pages/window";
import { KEYS } from "./keys";
import type { Excluded } from "./types";

const REASONS = ["Question answered", "Done for the customer", "Passed on to somebody else", "Customer no longer there"];
/** With these, nothing of the conversation counts in any figure. */
const EXCLUDED: Record<string, Excluded> = { Spam: "spam", "Only a test": "test" };
const OTHER = "Something else";

interface CloseProps {
  onClose: () => void;
  onReason: (reason: string, excluded: Excluded) => void;
}

export function CloseWindow({ onClose, onReason }: CloseProps) {
  const [reason, setReason] = useState(REASONS[0] ?? OTHER);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget as HTMLFormElement).get("words") ?? "").trim();
    onReason(reason === OTHER ? words : reason, EXCLUDED[reason] ?? "");
  };
  return (
    <Window title="Close the conversation" onClose={onClose}>
      <form onSubmit={submit}>
        <fieldset>
          <legend>Why? The customer does not see this.</legend>
          {[...REASONS, ...Object.keys(EXCLUDED), OTHER].map((one, index) => (
            <label key={one} class="choice">
              <input
                type="radio"
                name="reason"
                value={one}
                checked={one === reason}
                autofocus={index === 0}
                onChange={() => setReason(one)}
              />
              {one}
            </label>
          ))}
        </fieldset>
        {reason === OTHER && (
          <div class="field">
            <label for="words">In your words</label>
            <input id="words" name="words" maxLength={200} required />
          </div>
        )}
        <Buttons act="Close the conversation" onClose={onClose} />
      </form>
    </Window>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  act: string;
  onClose: () => void;
  onYes: () => void;
}

export function ConfirmWindow({ title, text, act, onClose, onYes }: ConfirmProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onYes();
  };
  return (
    <Window title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{text}</p>
        <p class="window-acts">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button class="primary" type="submit" autofocus>
            {act}
          </button>
        </p>
      </form>
    </Window>
  );
}

export function KeysWindow({ onClose }: { onClose: () => void }) {
  return (
    <Window title="Keys" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="window-acts">
        <button class="primary" type="button" onClick={onClose} autofocus>
          Close
        </button>
      </p>
    </Window>
  );
}
