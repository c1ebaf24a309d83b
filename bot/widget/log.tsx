/** The conversation: a live region that is there before the first message. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "./chat";
import { Face, Replies, Said } from "./entry";
import { Icon } from "./icons";
import type { Texts } from "./texts";
import type { Entry } from "./thread";

const NEAR = 80; // pixels from the end that still count as being there
const PAUSE = 5 * 60_000; // milliseconds that end a run of one author

function sameRun(a: Entry | undefined, b: Entry | undefined): boolean {
  return !!a && !!b && a.author === b.author && a.name === b.name && Math.abs(b.at - a.at) < PAUSE;
}

interface LogProps {
  chat: Chat;
  texts: Texts;
  language: string;
}

export function Log({ chat, texts, language }: LogProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const [away, setAway] = useState(false);
  const { entries } = chat.thread;
  const newest = entries.at(-1);
  const answered = entries.findLastIndex(({ author }) => author === "customer");
  const joined = entries.findLastIndex(({ author }) => author === "operator");

  const toEnd = (behavior: ScrollBehavior = "auto") =>
    box.current?.scrollTo({ top: box.current.scrollHeight, behavior });
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current!;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    atEnd.current = near || (atEnd.current && scrollTop >= lastTop.current); // a smooth way down is still under way
    lastTop.current = scrollTop;
    setAway(!atEnd.current);
  };
  useLayoutEffect(() => {
    if (newest?.author === "customer" && newest.seq === null) atEnd.current = true;
    if (atEnd.current) toEnd();
  }, [newest?.key, newest?.progress, entries.length, chat.isOpen, chat.typing, chat.notice]);
  // What grows below or above, such as the question whether to end the chat, must not cover the newest message.
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => atEnd.current && toEnd("instant"));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);

  return (
    <div class="thread">
      <div ref={box} class="log" role="log" aria-live="polite" aria-label={texts.log} tabIndex={0} onScroll={onScroll}>
        <div class="intro">
          <Face person={false} name="" />
          <p dir="auto">{chat.greeting.text || texts.intro}</p>
          <Replies chat={chat} buttons={chat.greeting.buttons} texts={texts} live={!entries.length && !chat.consent} />
        </div>
        {entries.map((entry, index) => (
          <Said
            key={entry.key}
            chat={chat}
            entry={entry}
            texts={texts}
            language={language}
            first={!sameRun(entries[index - 1], entry)}
            last={!sameRun(entry, entries[index + 1])}
            live={index > answered && (entry.author === "operator" || index > joined)}
          />
        ))}
      </div>
      {away && (
        <button type="button" class="latest" onClick={() => toEnd()} aria-label={texts.latest}>
          <Icon of="down" />
        </button>
      )}
    </div>
  );
}
