/** The thread as it was said: customer, bot, operators and the system told apart by place, colour and name. */
import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "./desk";
import { linkify } from "./linkify";
import type { Outgoing } from "./outgoing";
import { day, timeOfDay } from "./time";
import type { Message, Thread } from "./types";
import { customerName } from "./words";

const CLOSE_TO_END = 80; // pixels

export function Transcript({ desk, thread }: { desk: Desk; thread: Thread }) {
  const list = useRef<HTMLDivElement>(null);
  const [behind, setBehind] = useState(false);
  const staying = useRef(true);
  const outgoing = desk.outgoing.filter((one) => one.conversation === thread.id);
  const name = customerName(thread.customer.name, thread.id);
  const length = thread.messages.length + outgoing.length + (desk.typing ? 1 : 0);

  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  const onScroll = () => {
    const at = list.current;
    if (!at) return;
    staying.current = at.scrollHeight - at.scrollTop - at.clientHeight <= CLOSE_TO_END;
    setBehind(!staying.current);
  };
  useLayoutEffect(toEnd, [thread.id]);
  useEffect(() => {
    if (staying.current) toEnd();
  }, [length]);
  useEffect(() => {
    if (!list.current) return;
    // The composer grows and takes room: the newest message stays in view.
    const room = new ResizeObserver(() => staying.current && toEnd());
    room.observe(list.current);
    return () => room.disconnect();
  }, []);

  return (
    <div class="transcript-frame">
      <div
        class="transcript"
        ref={list}
        role="log"
        aria-label={`Conversation with ${name}`}
        tabIndex={0}
        onScroll={onScroll}
      >
        {thread.messages.map((message, index) => (
          <Fragment key={message.seq}>
            {newDay(thread.messages[index - 1], message) && <p class="day">{day(message.at)}</p>}
            <Said message={message} customer={name} />
          </Fragment>
        ))}
        {outgoing.map((one) => (
          <OnItsWay key={one.id} outgoing={one} desk={desk} />
        ))}
        {desk.typing && <p class="typing">{name} is writing…</p>}
      </div>
      {behind && (
        <button type="button" class="to-end" onClick={toEnd}>
          To the newest message
        </button>
      )}
    </div>
  );
}

function newDay(before: Message | undefined, message: Message): boolean {
  return !before || day(before.at) !== day(message.at);
}

function author(message: Message, customer: string): string {
  if (message.author === "customer") return customer;
  if (message.author === "operator") return message.name || "Operator";
  return message.author === "bot" ? "Bot" : "Frontdesk";
}

function Said({ message, customer }: { message: Message; customer: string }) {
  if (message.author === "system" || message.kind === "notice") {
    return (
      <p class="notice">
        {linkify(message.text)} <time>{timeOfDay(message.at)}</time>
      </p>
    );
  }
  return (
    <div class={`said by-${message.author} kind-${message.kind}`}>
      <p class="said-by">
        {author(message, customer)}
        {message.kind === "tip" && " · tip"} <time>{timeOfDay(message.at)}</time>
      </p>
      <p class="said-text" dir="auto">
        {linkify(message.text)}
      </p>
      {message.buttons.length > 0 && (
        <ul class="offered" aria-label="Buttons that were offered">
          {message.buttons.map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function OnItsWay({ outgoing, desk }: { outgoing: Outgoing; desk: Desk }) {
  return (
    <div class={`said by-operator ${outgoing.failed ? "failed" : "on-its-way"}`}>
      <p class="said-by">{outgoing.failed ? `Not sent: ${outgoing.failed}` : "Sending…"}</p>
      <p class="said-text" dir="auto">
        {outgoing.text}
      </p>
      {outgoing.failed && (
        <p class="failed-acts">
          <button type="button" class="small" onClick={() => void desk.retry(outgoing)}>
            Send again
          </button>
          <button type="button" class="small" onClick={() => desk.takeBack(outgoing)}>
            Edit
          </button>
        </p>
      )}
    </div>
  );
}
