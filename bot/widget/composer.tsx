/** Where the customer writes. Enter sends, Shift+Enter makes a line, and an input method keeps its own Enter. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "./chat";
import { Icon } from "./icons";
import type { Texts } from "./texts";

const TALLEST = 132; // pixels, about five lines

export function Composer({ chat, texts }: { chat: Chat; texts: Texts }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [empty, setEmpty] = useState(true);

  const fit = () => {
    const { style } = area.current!;
    style.height = "auto";
    style.height = `${Math.min(area.current!.scrollHeight, TALLEST)}px`;
    setEmpty(!area.current!.value.trim());
  };
  useEffect(() => {
    chat.fill = (text) => {
      area.current!.value = text;
      fit();
      area.current!.focus();
    };
    return () => {
      chat.fill = () => {};
    };
  }, [chat]);

  const send = (event: Event) => {
    event.preventDefault();
    const text = area.current!.value.trim();
    if (!text) return area.current!.focus();
    chat.write(text);
    area.current!.value = "";
    fit();
    area.current!.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Safari ends the composition before the key: there only the old key code tells.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    send(event);
  };

  return (
    <form class="composer" onSubmit={send}>
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        aria-label={texts.write}
        placeholder={texts.write}
        enterkeyhint="send"
        onKeyDown={onKeyDown}
        onInput={() => {
          fit();
          chat.typed();
        }}
      />
      <button type="submit" class={empty ? "submit empty" : "submit"} aria-label={texts.send} title={texts.send}>
        <Icon of="send" />
      </button>
    </form>
  );
}
