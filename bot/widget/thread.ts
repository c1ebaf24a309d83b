/** The messages on show: in order, each once. */
import type { Lasting, Message } from "./protocol";

export type Progress = "sending" | "unsent" | "refused" | "sent";

export interface Entry extends Omit<Message, "conversation" | "seq"> {
  /** Stays the same from sending to echo, so that the view keeps its element. */
  key: string;
  /** Both null until the server has numbered it. */
  conversation: string | null;
  seq: number | null;
  progress: Progress;
  /** Why the server refused it. */
  problem: string;
}

export class Thread {
  entries: Entry[] = [];
  conversation: string | null = null;
  /** The highest sequence number received of the conversation: where to resume. An acknowledgement alone
   * does not count, because a message of another tab may still be missing before it. */
  received = 0;
  private order: (string | null)[] = [];

  /** Takes in a numbered message; false if it was here already. */
  receive(message: Message): boolean {
    if (message.conversation !== this.conversation) {
      this.conversation = message.conversation;
      this.received = 0;
      this.order.push(message.conversation);
    }
    this.received = Math.max(this.received, message.seq);
    for (const entry of this.entries) {
      if (entry.seq !== null && entry.seq < message.seq) entry.conversation ??= message.conversation;
    }
    const known = this.entries.find(
      (entry) =>
        (message.id !== null && entry.id === message.id) ||
        (entry.conversation === message.conversation && entry.seq === message.seq),
    );
    const isNew = !known || known.seq === null;
    if (known) Object.assign(known, message, { id: known.id ?? message.id, progress: "sent", problem: "" });
    else this.entries.push({ ...message, key: message.id ?? `${message.conversation} ${message.seq}`, progress: "sent", problem: "" });
    this.sort();
    return isNew;
  }

  /** Shows what the customer has just said. */
  add(frame: Lasting, at: number): void {
    const text = frame.type === "message" ? frame.text : frame.type === "button" ? frame.title : null;
    if (text === null || this.find(frame.id)) return;
    this.entries.push({
      key: frame.id,
      id: frame.id,
      conversation: null,
      seq: null,
      author: "customer",
      name: "",
      text,
      buttons: [],
      kind: frame.type,
      at,
      progress: "sending",
      problem: "",
    });
  }

  /** The server has it on disk, as number `seq`. */
  acknowledge(id: string, seq: number): void {
    const entry = this.find(id);
    if (!entry || entry.seq !== null) return;
    const taken = this.entries.some((other) => other.conversation === this.conversation && other.seq === seq);
    Object.assign(entry, { seq, progress: "sent", problem: "", conversation: taken ? null : this.conversation });
    this.sort();
  }

  mark(id: string, progress: Progress, problem = ""): void {
    const entry = this.find(id);
    if (entry && entry.seq === null) Object.assign(entry, { progress, problem });
  }

  remove(id: string): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  /** Forgets all that has a number; what is on its way stays. */
  reset(): void {
    this.entries = this.entries.filter((entry) => entry.seq === null);
    this.order = [];
    this.conversation = null;
    this.received = 0;
  }

  private find(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  /** By conversation in order of appearance, then by number; what has no number yet comes last, as it was said. */
  private sort(): void {
    const place = (entry: Entry) => {
      const index = this.order.indexOf(entry.conversation);
      return entry.seq === null || index < 0 ? Infinity : index;
    };
    this.entries = [...this.entries].sort((a, b) => {
      const [left, right] = [place(a), place(b)];
      if (left !== right) return left - right;
      return left === Infinity ? 0 : (a.seq ?? 0) - (b.seq ?? 0);
    });
  }
}
