/** What stands below the thread: the way to a person, and the composer, or the question that comes before it. */
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "./chat";
import { Composer } from "./composer";
import { Icon } from "./icons";
import { Linked } from "./links";
import type { Texts } from "./texts";

function Consent({ chat, texts }: { chat: Chat; texts: Texts }) {
  return (
    <div class="ask">
      <p dir="auto">
        <Linked text={chat.consent!.text} texts={texts} />
      </p>
      <button type="button" class="strong" onClick={() => chat.accept()}>
        {texts.accept}
      </button>
    </div>
  );
}

function EndQuestion({ chat, texts, onDone }: { chat: Chat; texts: Texts; onDone: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  const end = () => {
    chat.end();
    onDone();
  };
  return (
    <div class="ask" role="group" aria-label={texts.endAsk}>
      <p>{texts.endAsk}</p>
      <button type="button" class="strong" onClick={end}>
        {texts.end}
      </button>
      <button type="button" class="reply" ref={stay} onClick={onDone}>
        {texts.endNo}
      </button>
    </div>
  );
}

interface FootProps {
  chat: Chat;
  texts: Texts;
  ending: boolean;
  onEndDone: () => void;
}

export function Foot({ chat, texts, ending, onEndDone }: FootProps) {
  const human = chat.human;
  const reached = chat.status === "waiting" || chat.status === "with_operator";
  return (
    <div class="foot">
      {ending && <EndQuestion chat={chat} texts={texts} onDone={onEndDone} />}
      {chat.consent && <Consent chat={chat} texts={texts} />}
      <div class={ending || chat.consent ? "gone" : undefined}>
        <Composer chat={chat} texts={texts} />
      </div>
      {!reached && (
        <button
          type="button"
          class="talk"
          disabled={!human || !!chat.consent}
          onClick={() => human && chat.press(human)}
        >
          <Icon of="person" />
          {human?.title || texts.talk}
        </button>
      )}
    </div>
  );
}
