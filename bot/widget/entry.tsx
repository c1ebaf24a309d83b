/** One message on show, with who said it, what can be answered, and how far it has come. */
import type { Chat } from "./chat";
import { Icon } from "./icons";
import { primary } from "./labels";
import type { Button } from "./protocol";
import { Linked, Out, target } from "./links";
import { say, type Texts } from "./texts";
import type { Entry } from "./thread";

/** The chat's language as the browser's owner writes it, so that British customers read no AM and PM. */
const clock = (language: string) => {
  try {
    // Some systems name themselves in ways that are no language tag (`en-US@posix`).
    const [own] = Intl.getCanonicalLocales(navigator.language);
    if (own && primary(own) === language) return own;
  } catch {
    // Then the language of the chat says how times are written.
  }
  return language;
};

/** Whether bot or person speaks, told by shape, colour, drawing and word. */
export function Face({ person, name }: { person: boolean; name: string }) {
  const initial = [...name.trim()][0];
  return (
    <span class={person ? "face person" : "face bot"} aria-hidden="true">
      {person && initial ? initial.toUpperCase() : <Icon of={person ? "person" : "bot"} />}
    </span>
  );
}

export function Kind({ person, texts }: { person: boolean; texts: Texts }) {
  return <span class={person ? "kind person" : "kind bot"}>{person ? texts.person : texts.bot}</span>;
}

function Progress({ chat, entry, texts }: { chat: Chat; entry: Entry; texts: Texts }) {
  const { progress, problem, kind } = entry;
  if (progress === "sent") return null;
  if (progress === "sending") return <p class="progress">{texts.sending}</p>;
  const id = entry.key;
  return (
    <p class="progress wrong">
      {problem || texts.unsent}{" "}
      <button type="button" class="plain" onClick={() => chat.retry(id)}>
        {texts.retry}
      </button>
      {kind === "message" && (
        <button type="button" class="plain" onClick={() => chat.edit(id)}>
          {texts.edit}
        </button>
      )}
    </p>
  );
}

interface RepliesProps {
  chat: Chat;
  buttons: Button[];
  texts: Texts;
  live: boolean;
}

/** The buttons under a message. Those that open a page outlive the others, which go once they are answered. */
export function Replies({ chat, buttons: all, texts, live }: RepliesProps) {
  const buttons = all.filter(({ payload }) => live || target(payload));
  if (!buttons.length) return null;
  return (
    <div class="replies" role="group" aria-label={texts.choices}>
      {buttons.map((button) => {
        const to = target(button.payload);
        if (to) return <Out key={button.payload} name="reply" to={to} title={button.title} texts={texts} />;
        return (
          <button key={button.payload} type="button" class="reply" dir="auto" onClick={() => chat.press(button)}>
            {button.title}
          </button>
        );
      })}
    </div>
  );
}

interface SaidProps {
  chat: Chat;
  entry: Entry;
  texts: Texts;
  language: string;
  /** The first, the last of a run by one author. */
  first: boolean;
  last: boolean;
  /** Nothing has been said since that would make its buttons pointless. */
  live: boolean;
}

export function Said({ chat, entry, texts, language, first, last, live }: SaidProps) {
  const { author, name, text, at } = entry;
  if (author === "system") {
    return (
      <p class="system" dir="auto">
        <Linked text={text} texts={texts} />
      </p>
    );
  }
  const person = author === "operator";
  const called = author === "customer" ? texts.you : name || (person ? texts.person : chat.botName);
  const time = new Date(at);
  return (
    <div class={`said ${author}${first ? " first" : ""}${last ? " last" : ""}`}>
      {first && author !== "customer" ? (
        <p class="by">
          <Face person={person} name={called} />
          <bdi>{called}</bdi> <Kind person={person} texts={texts} />
        </p>
      ) : (
        <span class="unseen">{called}: </span>
      )}
      <p class="bubble" dir="auto">
        <Linked text={text} texts={texts} />
      </p>
      <Replies chat={chat} buttons={entry.buttons} texts={texts} live={live} />
      <Progress chat={chat} entry={entry} texts={texts} />
      {last && entry.progress === "sent" && (
        <time dateTime={time.toISOString()}>
          {time.toLocaleTimeString(clock(language), { hour: "2-digit", minute: "2-digit" })}
        </time>
      )}
    </div>
  );
}

export function Typing({ chat, texts }: { chat: Chat; texts: Texts }) {
  if (!chat.typing) return null;
  const person = chat.typing === "operator";
  const name = person ? chat.operator || texts.person : chat.botName || texts.bot;
  return (
    <p class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {say(texts.typing, name)}
    </p>
  );
}
