/** The left pane: one's own conversations, who waits, what colleagues have, and who left an address. */
import { useEffect, useRef } from "preact/hooks";
import { channelName } from "../../bot/pages/names";
import { duration, useNow } from "./time";
import type { Entry, Queue } from "./types";
import { customerName, PRIORITIES, sentenceCase } from "./words";

interface Props {
  queue: Queue | null;
  selected: string | null;
  onSelect: (conversation: string) => void;
}

export function QueuePane({ queue, selected, onSelect }: Props) {
  const time = useNow();
  const group = (title: string, entries: Entry[], empty = "") => (
    <Group key={title} title={title} entries={entries} empty={empty} time={time} selected={selected} onSelect={onSelect} />
  );
  return (
    <nav class="queue" aria-label="Conversations">
      {queue === null ? (
        <p class="quiet padded">Reading the queue…</p>
      ) : (
        <>
          {group("Yours", queue.mine, "You have no conversation. Press Enter on one that waits.")}
          {group("Waiting", queue.waiting, "Nobody is waiting.")}
          {queue.others.length > 0 && group("Colleagues", queue.others)}
          {queue.to_contact.length > 0 && group("Left an address", queue.to_contact)}
        </>
      )}
    </nav>
  );
}

interface GroupProps extends Omit<Props, "queue"> {
  title: string;
  entries: Entry[];
  empty: string;
  time: number;
}

function Group({ title, entries, empty, time, selected, onSelect }: GroupProps) {
  const id = `group-${title.toLowerCase().replaceAll(" ", "-")}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} class="group-title">
        {title} <span class="count">{entries.length}</span>
      </h2>
      {entries.length === 0 ? (
        <p class="quiet padded">{empty}</p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <Line
              key={entry.handoff}
              entry={entry}
              time={time}
              current={entry.conversation === selected}
              mine={title === "Yours"}
              onSelect={onSelect}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface LineProps {
  entry: Entry;
  time: number;
  current: boolean;
  mine: boolean;
  onSelect: (conversation: string) => void;
}

function Line({ entry, time, current, mine, onSelect }: LineProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const waits = entry.status === "waiting";
  const since = waits || !entry.last ? entry.since : entry.last.at;
  return (
    <li>
      <button
        ref={button}
        type="button"
        class="line"
        aria-current={current ? "true" : undefined}
        onClick={() => onSelect(entry.conversation)}
      >
        <span class="line-top">
          <strong>{customerName(entry.customer, entry.conversation)}</strong>
          <time class={entry.overdue ? "overdue" : ""}>{duration(time - since)}</time>
        </span>
        <span class="line-text">{entry.last?.text ?? "…"}</span>
        <span class="line-badges">
          {waits && <span class="badge">{entry.position}.</span>}
          {PRIORITIES[entry.priority] && (
            <span class={`badge priority-${entry.priority}`}>{PRIORITIES[entry.priority]}</span>
          )}
          {entry.overdue && <span class="badge overdue-badge">Overdue</span>}
          {entry.status === "claimed" && entry.unanswered && <span class="badge unanswered">Unanswered</span>}
          {entry.contact && <span class="badge">Left an address</span>}
          <span class="badge plain">{entry.team}</span>
          <span class="badge plain">{channelName(entry.channel)}</span>
          {entry.operator && !mine && <span class="badge plain">{entry.operator.name}</span>}
        </span>
        {entry.priority > 1 && <span class="line-reason">{sentenceCase(entry.reason)}</span>}
      </button>
    </li>
  );
}
