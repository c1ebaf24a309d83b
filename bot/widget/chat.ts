/** The customer's side of the conversation: connection, outbox and thread, and what the server last said of its state. */
import { Connection, type Link } from "./connection";
import type { Host } from "./host";
import { EMPTY, keptOf } from "./keep";
import { Outbox } from "./outbox";
import type { Button, FromServer, Lasting, Message, Status, Welcome } from "./protocol";
import { Thread } from "./thread";

const OVERDUE = 8_000; // milliseconds without an acknowledgement
const TYPING_EVERY = 3_000;
const TYPING_SHOWN = 5_000;
const NOTICE_SHOWN = 8_000;
const OTHER_TAB = 1_000;

export class Chat {
  readonly thread = new Thread();
  status: Status = "with_bot";
  position: number | null = null;
  operator: string | null = null;
  botName = "";
  human: Button | null = null;
  consent: { text: string } | null = null;
  greeting: { text: string; buttons: Button[] } = { text: "", buttons: [] };
  typing: "bot" | "operator" | null = null;
  notice = "";
  isOpen = false;
  /** Puts a text into the composer. */
  fill: (text: string) => void = () => {};

  private readonly kept;
  private readonly outbox;
  private readonly connection: Connection;
  private readonly overdue = new Map<string, number>();
  private saidToken: string | null = null;
  private typedAt = 0;
  private typingTimer = 0;
  private noticeTimer = 0;

  constructor(
    private readonly host: Host,
    private readonly onChange: () => void,
  ) {
    this.kept = keptOf(host.origin);
    this.outbox = new Outbox(host.origin);
    for (const { frame, at, refused } of this.outbox.items) {
      this.thread.add(frame, at);
      if (refused) this.thread.mark(frame.id, "refused");
    }
    const url = host.origin.replace(/^http/, "ws") + "/channels/web/socket";
    this.connection = new Connection(url, () => this.hello(), (frame) => this.receive(frame), onChange);
    addEventListener("storage", (event) => event.key === this.kept.key && this.followOtherTab());
    document.addEventListener("visibilitychange", () => this.markRead());
  }

  get link(): Link {
    return this.connection.link;
  }

  get unread(): number {
    const { conversation, read } = this.kept.get();
    return this.thread.entries.filter(
      ({ author, seq, conversation: of }) =>
        (author === "bot" || author === "operator") && of === conversation && seq !== null && seq > read,
    ).length;
  }

  connect(): void {
    this.connection.open();
  }

  write(text: string): void {
    this.say({ type: "message", id: uuid(), text });
  }

  press({ payload, title }: Button): void {
    this.say({ type: "button", id: uuid(), payload, title });
  }

  end(): void {
    this.say({ type: "end", id: uuid() });
  }

  accept(): void {
    this.say({ type: "consent", id: uuid() });
  }

  retry(id: string): void {
    this.outbox.refuse(id, false);
    this.thread.mark(id, "sending");
    this.deliver(id);
    this.connection.hurry();
    this.onChange();
  }

  /** Takes an unsent message back into the composer. */
  edit(id: string): void {
    const frame = this.outbox.take(id)?.frame;
    this.thread.remove(id);
    if (frame?.type === "message") this.fill(frame.text);
    this.onChange();
  }

  typed(): void {
    if (Date.now() - this.typedAt < TYPING_EVERY) return;
    if (this.connection.send({ type: "typing" })) this.typedAt = Date.now();
  }

  /** Everything on show counts as read while the chat is open in a visible tab. */
  markRead(): void {
    const { received, conversation } = this.thread;
    if (!this.isOpen || document.hidden || received <= this.kept.get().read) return;
    if (conversation !== this.kept.get().conversation) return;
    this.kept.set({ read: received });
    this.connection.send({ type: "read", seq: received });
    this.onChange();
  }

  /** Another identity is told to the server; none at all (a customer who signs out) forgets this browser's thread. */
  identify(identity: string | null): void {
    if (!identity) {
      this.kept.set(EMPTY);
      this.outbox.clear();
      this.thread.reset();
      this.thread.entries = [];
    }
    this.connection.restart();
    this.onChange();
  }

  private hello() {
    const { token, conversation } = this.kept.get();
    this.saidToken = token;
    return {
      type: "hello" as const,
      token,
      conversation,
      last_seq: conversation === this.thread.conversation ? this.thread.received : 0,
      language: this.host.language,
      identity: this.host.identity,
    };
  }

  private say(frame: Lasting): void {
    this.outbox.add(frame);
    this.thread.add(frame, Date.now());
    this.typedAt = 0;
    this.deliver(frame.id);
    this.onChange();
  }

  private deliver(id: string): void {
    const item = this.outbox.items.find(({ frame }) => frame.id === id);
    if (!item || item.refused) return;
    this.connection.send(item.frame);
    clearTimeout(this.overdue.get(id));
    this.overdue.set(id, window.setTimeout(() => this.isOverdue(id), OVERDUE));
  }

  private isOverdue(id: string): void {
    if (!this.outbox.items.some((item) => item.frame.id === id && !item.refused)) return;
    this.thread.mark(id, "unsent");
    if (this.link === "online") this.connection.restart();
    this.onChange();
  }

  private receive(frame: FromServer): void {
    switch (frame.type) {
      case "welcome":
        this.welcome(frame);
        break;
      case "ack":
        this.acknowledged(frame.id, frame.seq);
        break;
      case "message":
        this.take(frame.message);
        break;
      case "status":
        this.setStatus(frame);
        break;
      case "typing":
        this.showTyping(frame.author);
        break;
      case "error":
        this.refused(frame.id, frame.message);
    }
    this.markRead();
    this.onChange();
  }

  private welcome(frame: Welcome): void {
    const { token } = this.kept.get();
    if (token && token !== this.saidToken) {
      // Another tab became a customer while this one was asking: there is one customer in a browser.
      this.connection.restart();
      return;
    }
    if (frame.reset || (!frame.conversation && this.thread.conversation)) this.thread.reset();
    this.setConversation(frame.conversation);
    if (frame.token !== token) this.kept.set({ token: frame.token });
    this.botName = frame.bot_name;
    this.human = frame.talk_to_human;
    this.consent = frame.consent;
    if (frame.greeting) this.greeting = frame.greeting;
    this.setStatus(frame);
    frame.messages.forEach((message) => this.take(message));
    for (const { frame: unsent } of this.outbox.items) this.deliver(unsent.id);
  }

  private acknowledged(id: string, seq: number): void {
    const type = this.outbox.take(id)?.frame.type;
    if (type === "consent") this.consent = null;
    if (type === "end") this.status = "closed";
    this.thread.acknowledge(id, seq);
  }

  private take(message: Message): void {
    if (message.id) this.outbox.take(message.id);
    this.setConversation(message.conversation);
    if (this.thread.receive(message) && message.author !== "customer") this.typing = null;
  }

  private setConversation(conversation: string | null): void {
    if (conversation !== this.kept.get().conversation) this.kept.set({ conversation, read: 0 });
  }

  private setStatus({ status, position, operator }: Pick<Welcome, "status" | "position" | "operator">): void {
    Object.assign(this, { status, position, operator });
  }

  private showTyping(author: "bot" | "operator"): void {
    this.typing = author;
    clearTimeout(this.typingTimer);
    this.typingTimer = window.setTimeout(() => {
      this.typing = null;
      this.onChange();
    }, TYPING_SHOWN);
  }

  private refused(id: string | null, problem: string): void {
    const type = this.outbox.items.find((item) => item.frame.id === id)?.frame.type;
    if (id && (type === "message" || type === "button")) {
      this.outbox.refuse(id, true);
      this.thread.mark(id, "refused", problem);
      return;
    }
    if (id) this.outbox.take(id);
    this.notice = problem;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = window.setTimeout(() => {
      this.notice = "";
      this.onChange();
    }, NOTICE_SHOWN);
  }

  /** Another tab has read, has begun a conversation, or has signed out. */
  private followOtherTab(): void {
    this.onChange();
    setTimeout(() => {
      const { token, conversation } = this.kept.get();
      if (conversation === this.thread.conversation && (this.saidToken || !token)) return;
      if (!token) {
        this.thread.reset();
        this.thread.entries = [];
      }
      this.connection.restart();
    }, OTHER_TAB);
  }
}

/** crypto.randomUUID exists on secure pages only; a shop's test machine may not be one. */
function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return [...bytes].map((byte, index) => ([4, 6, 8, 10].includes(index) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}
