/** All that the page knows, and everything an operator can do. Components show it and are told when it changes. */
import { type Api, Failure, reasonOf } from "../../bot/pages/api";
import type { Person } from "../../bot/pages/person";
import type { Problem } from "../../bot/pages/problem";
import { type Draft, Drafts } from "./drafts";
import { type Connection, Live, type News } from "./live";
import { type Outgoing, randomId } from "./outgoing";
import { Refresh } from "./refresh";
import { chime } from "./sound";
import { serverSaid } from "./time";
import type { Entry, Excluded, Queue, Suggestion, Thread } from "./types";

type Timer = ReturnType<typeof setTimeout>;

const TYPING_SHOWN = 5_000;
const TYPING_SENT_EVERY = 3_000;
const READ_WITHOUT_SOCKET_EVERY = 10_000;

export class Desk {
  queue: Queue | null = null;
  thread: Thread | null = null;
  selected: string | null = null;
  connection: Connection = "connecting";
  typing = false;
  problems: Problem[] = [];
  complaint = "";
  outgoing: Outgoing[] = [];

  private readonly drafts = new Drafts();
  private readonly listeners = new Set<() => void>();
  private readonly live: Live;
  private readonly readQueue = new Refresh(() => this.loadQueue());
  private readonly readThread = new Refresh(() => this.loadThread());
  private readonly poll: Timer;
  private typingTimer: Timer | undefined;
  private typingSentAt = 0;

  constructor(
    private readonly api: Api,
    readonly person: Person,
  ) {
    this.live = new Live({
      heard: (news) => this.heard(news),
      connection: (state) => this.connected(state),
      signedOut: () => this.api.onSignedOut(),
    });
    this.poll = setInterval(() => this.connection !== "open" && this.readAll(), READ_WITHOUT_SOCKET_EVERY);
    this.readAll();
  }

  stop(): void {
    clearInterval(this.poll);
    clearTimeout(this.typingTimer);
    this.live.stop();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Every line of the queue in the order shown. */
  get entries(): Entry[] {
    const queue = this.queue;
    return queue ? [...queue.mine, ...queue.waiting, ...queue.others, ...queue.to_contact] : [];
  }

  /** How many customers need this operator to do something. */
  get needed(): number {
    return (this.queue?.waiting.length ?? 0) + (this.queue?.mine.filter((entry) => entry.unanswered).length ?? 0);
  }

  get draft(): Draft {
    return this.drafts.of(this.selected);
  }

  select(conversation: string): void {
    if (this.selected !== conversation) {
      this.selected = conversation;
      this.thread = null;
      this.typing = false;
    }
    this.watch();
    this.changed();
    void this.readThread.ask();
  }

  /** Select the line `step` below (or above) the selected one. */
  move(step: number): void {
    const entries = this.entries;
    if (!entries.length) return;
    const here = entries.findIndex((entry) => entry.conversation === this.selected);
    const next = here < 0 ? (step > 0 ? 0 : entries.length - 1) : here + step;
    const entry = entries[Math.min(Math.max(next, 0), entries.length - 1)];
    if (entry) this.select(entry.conversation);
  }

  write(text: string): void {
    if (!this.selected) return;
    this.drafts.write(this.selected, text);
    this.changed();
    if (text) this.tellTyping();
  }

  /** Put a suggestion into the composer, to be changed before it is sent. */
  edit(suggestion: Suggestion): void {
    if (!this.selected) return;
    this.drafts.begin(this.selected, suggestion);
    this.changed();
  }

  forgetTemplate(): void {
    if (!this.selected) return;
    this.drafts.forgetTemplate(this.selected);
    this.changed();
  }

  sendDraft(): void {
    const { text, template, original } = this.draft;
    if (!text.trim() || !this.selected) return;
    this.drafts.forget(this.selected);
    void this.send({ text, template, edited: template !== "" && text !== original });
  }

  sendSuggestion(suggestion: Suggestion): void {
    if (suggestion.missing.length) this.edit(suggestion);
    else void this.send({ text: suggestion.text, template: suggestion.template, edited: false });
  }

  async retry(outgoing: Outgoing): Promise<void> {
    this.outgoing = this.outgoing.map((one) => (one.id === outgoing.id ? { ...one, failed: "" } : one));
    this.changed();
    await this.deliver(outgoing);
  }

  /** Take a failed reply back into the composer. */
  takeBack(outgoing: Outgoing): void {
    this.outgoing = this.outgoing.filter((one) => one.id !== outgoing.id);
    const { conversation, text, template, edited } = outgoing;
    this.drafts.keep(conversation, { text, template, original: edited ? "" : text });
    this.changed();
  }

  claim(): Promise<boolean> {
    return this.act((thread) => this.api.post(`handoffs/${thread.handoff.handoff}/claim`));
  }

  release(): Promise<boolean> {
    return this.act((thread) => this.api.post(`handoffs/${thread.handoff.handoff}/release`));
  }

  giveBack(): Promise<boolean> {
    return this.act((thread) => this.api.post(`conversations/${thread.id}/return`));
  }

  close(reason: string, excluded: Excluded): Promise<boolean> {
    return this.act((thread) => this.api.post(`conversations/${thread.id}/close`, { reason, excluded }));
  }

  contacted(): Promise<boolean> {
    return this.act((thread) => this.api.post(`handoffs/${thread.handoff.handoff}/contacted`));
  }

  dismiss(): void {
    this.complaint = "";
    this.changed();
  }

  private async act(request: (thread: Thread) => Promise<unknown>): Promise<boolean> {
    if (!this.thread) return false;
    let done = true;
    try {
      await request(this.thread);
      this.complaint = "";
    } catch (error) {
      done = false;
      this.complain(error);
    }
    await Promise.all([this.readQueue.ask(), this.readThread.ask()]);
    return done;
  }

  private async send(reply: { text: string; template: string; edited: boolean }): Promise<void> {
    if (!this.selected) return;
    const outgoing = { ...reply, id: randomId(), conversation: this.selected, failed: "" };
    this.outgoing = [...this.outgoing, outgoing];
    this.changed();
    await this.deliver(outgoing);
  }

  private async deliver({ id, conversation, text, template, edited }: Outgoing): Promise<void> {
    try {
      await this.api.post(`conversations/${conversation}/reply`, { id, text, template, edited });
    } catch (error) {
      const failed = reasonOf(error);
      this.outgoing = this.outgoing.map((one) => (one.id === id ? { ...one, failed } : one));
      this.changed();
      return;
    }
    if (conversation === this.selected) await this.readThread.ask();
    this.outgoing = this.outgoing.filter((one) => one.id !== id);
    this.changed();
    void this.readQueue.ask();
  }

  private tellTyping(): void {
    const conversation = this.thread?.mine ? this.thread.id : null;
    if (!conversation || Date.now() - this.typingSentAt < TYPING_SENT_EVERY) return;
    this.typingSentAt = Date.now();
    // Nobody misses a typing sign that did not arrive.
    this.api.post(`conversations/${conversation}/typing`).catch(() => {});
  }

  private heard(news: News): void {
    const conversation = news.what.startsWith("conversation:") ? news.what.slice("conversation:".length) : null;
    if (news.type === "typing") {
      if (news.who === "customer" && conversation === this.selected) this.showTyping();
    } else if (news.what === "content") {
      void this.loadProblems();
      void this.readThread.ask();
    } else {
      void this.readQueue.ask();
      if (conversation !== null && conversation === this.selected) void this.readThread.ask();
    }
  }

  private showTyping(): void {
    clearTimeout(this.typingTimer);
    this.typing = true;
    this.typingTimer = setTimeout(() => {
      this.typing = false;
      this.changed();
    }, TYPING_SHOWN);
    this.changed();
  }

  private connected(state: Connection): void {
    this.connection = state;
    this.changed();
    if (state === "open") this.readAll();
  }

  private readAll(): void {
    void this.readQueue.ask();
    void this.loadProblems();
    if (this.selected) void this.readThread.ask();
  }

  private async loadQueue(): Promise<void> {
    try {
      const before = this.queue && this.needed;
      this.queue = await this.api.get<Queue>("queue");
      serverSaid(this.queue.now);
      if (before !== null && this.needed > before) chime();
      this.watch();
      this.changed();
    } catch (error) {
      this.complain(error);
    }
  }

  private async loadThread(): Promise<void> {
    const id = this.selected;
    if (!id) return;
    try {
      const thread = await this.api.get<Thread>(`conversations/${encodeURIComponent(id)}`);
      if (id !== this.selected) return;
      if ((this.thread?.messages.length ?? 0) < thread.messages.length) this.typing = false;
      this.thread = thread;
      this.changed();
    } catch (error) {
      this.complain(error);
    }
  }

  private async loadProblems(): Promise<void> {
    try {
      this.problems = (await this.api.get<{ problems: Problem[] }>("problems")).problems;
      this.changed();
    } catch {
      // The queue's own reading tells that the server cannot be reached.
    }
  }

  private watch(): void {
    const mine = this.queue?.mine.map((entry) => entry.conversation) ?? [];
    this.live.watch([...new Set(this.selected ? [this.selected, ...mine] : mine)]);
  }

  private complain(error: unknown): void {
    // That the server is gone is shown as such, and mends itself.
    if (error instanceof Failure && (error.status === 0 || error.status === 401)) return;
    this.complaint = reasonOf(error);
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
