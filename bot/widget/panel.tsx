/** The chat's window: a labelled dialog that takes the focus, keeps it where it fills the screen, and gives it back. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "./chat";
import { Typing } from "./entry";
import { Foot } from "./foot";
import { Header, standing } from "./header";
import { Log } from "./log";
import { say, type Texts } from "./texts";

const FOCUSABLE = "button:not(:disabled), a[href], textarea, [tabindex='0']";
const PHONE = matchMedia("(max-width: 480px)");
const TOUCH = matchMedia("(pointer: coarse)");

interface PanelProps {
  chat: Chat;
  texts: Texts;
  language: string;
  direction: "ltr" | "rtl";
  /** Counts the openings that want the focus. */
  focused: number;
  onClose: () => void;
}

export function Panel({ chat, texts, language, direction, focused, onClose }: PanelProps) {
  const panel = useRef<HTMLElement>(null);
  const [ending, setEnding] = useState(false);
  const line = standing(chat, texts);

  const focusIn = () => {
    const visible = [...panel.current!.querySelectorAll<HTMLElement>(".strong, textarea")].find((item) => item.offsetParent);
    // On a touch screen the keyboard would cover what there is to read.
    (TOUCH.matches ? panel.current! : (visible ?? panel.current!)).focus({ preventScroll: true });
  };
  useEffect(() => {
    if (focused) focusIn();
  }, [focused]);

  // A button that is pressed may go away, and the focus with it.
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const root = panel.current!.getRootNode() as ShadowRoot;
    if (hadFocus.current && !root.activeElement && chat.isOpen) focusIn();
    hadFocus.current = false;
  });
  const root = panel.current?.getRootNode() as ShadowRoot | undefined;
  if (root?.activeElement && panel.current!.contains(root.activeElement)) hadFocus.current = true;

  useEffect(() => {
    // The on-screen keyboard covers the page instead of shrinking it; the panel fits what remains visible.
    const view = window.visualViewport;
    if (!view) return;
    const fit = () => {
      const style = panel.current!.style;
      style.setProperty("--visible", `${view.height}px`);
      style.setProperty("--above", `${view.offsetTop}px`);
    };
    view.addEventListener("resize", fit);
    view.addEventListener("scroll", fit);
    fit();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      if (ending) setEnding(false);
      else onClose();
    }
    if (event.key !== "Tab" || !PHONE.matches) return;
    const items = [...panel.current!.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((item) => item.offsetParent);
    const [from, to] = event.shiftKey ? [items[0], items.at(-1)] : [items.at(-1), items[0]];
    const active = (panel.current!.getRootNode() as ShadowRoot).activeElement;
    if (active === from || (event.shiftKey && active === panel.current)) {
      event.preventDefault();
      to?.focus();
    }
  };

  return (
    <section
      ref={panel}
      class="panel"
      role="dialog"
      aria-modal={PHONE.matches}
      aria-label={say(texts.dialog, chat.operator || chat.botName || texts.bot)}
      lang={language}
      dir={direction}
      tabIndex={-1}
      hidden={!chat.isOpen}
      onKeyDown={onKeyDown}
    >
      <Header chat={chat} texts={texts} onEnd={() => setEnding(true)} onClose={onClose} />
      <p class={`standing ${chat.link === "online" ? chat.status : "connecting"}`} role="status">
        {line}
      </p>
      <Log chat={chat} texts={texts} language={language} />
      <Typing chat={chat} texts={texts} />
      <p class="notice" role="alert">
        {chat.notice}
      </p>
      <Foot chat={chat} texts={texts} ending={ending} onEndDone={() => setEnding(false)} />
    </section>
  );
}
