/** Who is speaking, how things stand, and the three things one can do with the chat itself. */
import type { Chat } from "./chat";
import { Face, Kind } from "./entry";
import { Icon } from "./icons";
import { say, type Texts } from "./texts";
import { download, transcript } from "./transcript";

/** The one line about the queue or the connection; empty when there is nothing to say. */
export function standing(chat: Chat, texts: Texts): string {
  if (chat.link === "offline") return texts.offline;
  if (chat.link === "connecting") return texts.connecting;
  if (chat.status === "waiting") return chat.position ? say(texts.queue, chat.position) : texts.waiting;
  if (chat.status === "with_operator") return chat.operator ? say(texts.joined, chat.operator) : texts.personNote;
  return chat.status === "closed" ? texts.closed : "";
}

interface HeaderProps {
  chat: Chat;
  texts: Texts;
  onEnd: () => void;
  onClose: () => void;
}

export function Header({ chat, texts, onEnd, onClose }: HeaderProps) {
  const person = chat.status === "with_operator";
  const name = person ? chat.operator || texts.person : chat.botName || texts.bot;
  const begun = chat.thread.entries.length > 0;
  return (
    <div class="head">
      <Face person={person} name={name} />
      <div class="who">
        <h2>
          <bdi>{name}</bdi> <Kind person={person} texts={texts} />
        </h2>
        <p>{person ? texts.personNote : texts.botNote}</p>
      </div>
      {begun && (
        <Tool of="save" label={texts.save} act={() => download(transcript(chat, texts))} />
      )}
      {begun && chat.status !== "closed" && <Tool of="end" label={texts.end} act={onEnd} />}
      <Tool of="close" label={texts.close} act={onClose} />
    </div>
  );
}

function Tool({ of, label, act }: { of: "save" | "end" | "close"; label: string; act: () => void }) {
  return (
    <button type="button" class="tool" aria-label={label} title={label} onClick={act}>
      <Icon of={of} />
    </button>
  );
}
