/** The desk: three panes side by side, or one at a time on a narrow screen. */
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Api } from "../../bot/pages/api";
import type { Person } from "../../bot/pages/person";
import { Bar, Complaint, ProblemBanner } from "./bar";
import { Desk } from "./desk";
import { type Acts, keyHandler } from "./keys";
import { QueuePane } from "./queue";
import { SidePane } from "./side";
import { ThreadPane } from "./thread";
import { CloseWindow, ConfirmWindow, KeysWindow } from "./windows";

type Pane = "queue" | "thread" | "side";
type Open = "close" | "return" | "release" | "keys" | null;

const PANES: [Pane, string][] = [
  ["queue", "Queue"],
  ["thread", "Conversation"],
  ["side", "Details"],
];

interface Props {
  api: Api;
  person: Person;
  onLeave: () => void;
}

export function Board({ api, person, onLeave }: Props) {
  const desk = useMemo(() => new Desk(api, person), [api, person]);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [pane, setPane] = useState<Pane>("queue");
  const [open, setOpen] = useState<Open>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const forget = desk.subscribe(() => redraw(undefined));
    redraw(undefined);
    return () => {
      forget();
      desk.stop();
    };
  }, [desk]);

  const needed = desk.needed;
  useEffect(() => {
    document.title = needed ? `(${needed}) Frontdesk` : "Frontdesk";
  }, [needed]);

  const acts = useActs(desk, field, setPane, setOpen);
  useEffect(() => {
    const onKeyDown = keyHandler(acts);
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [acts]);

  const select = (conversation: string) => {
    desk.select(conversation);
    setPane("thread");
  };
  // A window tells late that it has closed; by then another one may be open.
  const shut = (which: Open) => setOpen((now) => (now === which ? null : now));

  return (
    <div class="board" data-pane={pane}>
      <Bar desk={desk} onKeys={acts.help} onLeave={onLeave} />
      <ProblemBanner problems={desk.problems} />
      <Complaint desk={desk} />
      <main class="panes">
        <QueuePane queue={desk.queue} selected={desk.selected} onSelect={select} />
        <ThreadPane desk={desk} field={field} acts={acts} />
        <SidePane desk={desk} thread={desk.thread} onEdit={acts.edit} />
      </main>
      <nav class="tabs" aria-label="What is shown">
        {PANES.map(([name, title]) => (
          <button key={name} type="button" aria-pressed={pane === name} onClick={() => setPane(name)}>
            {title}
            {name === "queue" && needed > 0 && <span class="count">{needed}</span>}
          </button>
        ))}
      </nav>
      {open === "keys" && <KeysWindow onClose={() => shut("keys")} />}
      {open === "close" && (
        <CloseWindow
          onClose={() => shut("close")}
          onReason={(reason, excluded) => {
            shut("close");
            void desk.close(reason, excluded);
          }}
        />
      )}
      {open === "release" && (
        <ConfirmWindow
          title="Let go of the conversation"
          text="It goes back to the queue, where it stood. The customer is told."
          act="Let go"
          onClose={() => shut("release")}
          onYes={() => {
            shut("release");
            void desk.release();
          }}
        />
      )}
      {open === "return" && (
        <ConfirmWindow
          title="Give back to the bot"
          text="The bot answers the customer's next message. The customer is told."
          act="Give back"
          onClose={() => shut("return")}
          onYes={() => {
            shut("return");
            void desk.giveBack();
          }}
        />
      )}
    </div>
  );
}

type Field = { current: HTMLTextAreaElement | null };

/** What the keys and buttons do, with one identity for as long as the desk is the same. */
function useActs(desk: Desk, field: Field, setPane: (pane: Pane) => void, setOpen: (open: Open) => void): Acts {
  return useMemo(() => {
    // On a narrow screen the composer is shown only now; wait for it.
    const write = () => requestAnimationFrame(() => field.current?.focus());
    const mine = () => desk.thread?.mine === true;
    return {
      down: () => desk.move(1),
      up: () => desk.move(-1),
      claim: () => {
        if (desk.thread?.handoff.status !== "waiting") return;
        setPane("thread");
        // The composer does not take the focus: a digit is to send a suggestion, not to be typed.
        void desk.claim();
      },
      reply: () => {
        setPane("thread");
        write();
      },
      send: (index) => {
        const suggestion = desk.thread?.suggestions[index];
        if (!mine() || !suggestion) return;
        desk.sendSuggestion(suggestion);
        setPane("thread");
        if (suggestion.missing.length) write();
      },
      edit: (index) => {
        const suggestion = desk.thread?.suggestions[index];
        if (!mine() || !suggestion) return;
        desk.edit(suggestion);
        setPane("thread");
        write();
      },
      release: () => mine() && setOpen("release"),
      giveBack: () => mine() && setOpen("return"),
      close: () => mine() && setOpen("close"),
      help: () => setOpen("keys"),
      leaveField: () => (document.activeElement as HTMLElement | null)?.blur(),
    };
  }, [desk]);
}
