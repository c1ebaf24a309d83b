/** Where a reply is written. Enter sends, Shift Enter starts a line. */
import { type Ref } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Desk } from "./desk";

interface Props {
  desk: Desk;
  field: Ref<HTMLTextAreaElement> & { current: HTMLTextAreaElement | null };
}

const TALLEST = 200; // pixels
const BLANK = /\[[^\]\n]+\]/;

export function Composer({ desk, field }: Props) {
  const { text, template, original } = desk.draft;
  const suggested = (desk.thread?.suggestions.length ?? 0) > 0;
  const blank = template ? BLANK.exec(text)?.[0] : undefined;

  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, TALLEST)}px`;
  }, [text]);

  const send = () => {
    if (!blank) desk.sendDraft();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {template && (
        <p class="from-template">
          <span>
            From template <strong>{template}</strong>
            {text !== original && " (edited)"}
          </span>
          <button type="button" class="link" onClick={() => desk.forgetTemplate()}>
            Not this template
          </button>
        </p>
      )}
      <div class="composer-row">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={suggested ? "Write a reply (r), or send a suggestion (1–9)" : "Write a reply (r)"}
          aria-label="Reply"
          aria-describedby={blank ? "blank" : undefined}
          dir="auto"
          onInput={(event) => desk.write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button class="primary" type="submit" disabled={!text.trim() || blank !== undefined}>
          Send
        </button>
      </div>
      {blank && (
        <p class="blank" id="blank">
          Fill in {blank} first.
        </p>
      )}
    </form>
  );
}
