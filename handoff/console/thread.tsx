/** The middle pane: what may be done with the conversation, what was said, and the composer. */
import { Composer } from "./composer";
import type { Desk } from "./desk";
import type { Acts } from "./keys";
import { Transcript } from "./transcript";
import type { Thread } from "./types";
import { customerName, statusText } from "./words";

interface Props {
  desk: Desk;
  field: { current: HTMLTextAreaElement | null };
  acts: Acts;
}

export function ThreadPane({ desk, field, acts }: Props) {
  const thread = desk.thread;
  if (!thread) {
    return (
      <section class="thread empty" aria-label="Conversation">
        <p class="quiet">
          {desk.selected ? "Reading the conversation…" : "Choose a conversation, or press j to take the first one."}
        </p>
      </section>
    );
  }
  return (
    <section class="thread" aria-label="Conversation">
      <div class="thread-head">
        <div>
          <h2>{customerName(thread.customer.name, thread.id)}</h2>
          <p class={`status status-${thread.status}`}>{statusText(thread)}</p>
        </div>
        <Doings desk={desk} thread={thread} acts={acts} />
      </div>
      <Transcript desk={desk} thread={thread} />
      {thread.mine && <Composer desk={desk} field={field} />}
    </section>
  );
}

function Doings({ desk, thread, acts }: { desk: Desk; thread: Thread; acts: Acts }) {
  if (thread.mine) {
    return (
      <div class="doings">
        <button type="button" onClick={acts.release} title="Back to the queue (l)">
          Let go
        </button>
        <button type="button" onClick={acts.giveBack} title="The bot goes on (b)">
          Give back to bot
        </button>
        <button type="button" onClick={acts.close} title="Close with a reason (x)">
          Close
        </button>
      </div>
    );
  }
  if (thread.status === "waiting") {
    return (
      <div class="doings">
        <button type="button" class="primary" onClick={acts.claim}>
          Claim <kbd>Enter</kbd>
        </button>
      </div>
    );
  }
  const { handoff } = thread;
  if (handoff.status === "ended" && handoff.contact && handoff.result !== "contacted") {
    return (
      <div class="doings">
        <button type="button" onClick={() => void desk.contacted()}>
          I have reached {handoff.contact}
        </button>
      </div>
    );
  }
  const leads = desk.person.operator.roles.some((role) => role === "lead" || role === "admin");
  if (handoff.status === "claimed" && leads) {
    return (
      <div class="doings">
        <button type="button" onClick={() => void desk.release().then((done) => done && desk.claim())}>
          Take over from {handoff.operator?.name}
        </button>
      </div>
    );
  }
  return null;
}
