/** What the server sends. Times are milliseconds since 1970 UTC. */

/** Why nothing of a conversation counts, or empty. */
export type Excluded = "" | "spam" | "test";

export interface Handoff {
  handoff: string;
  status: "waiting" | "claimed" | "ended";
  position: number;
  reason: string;
  team: string;
  priority: number;
  contact: string;
  since: number;
  deadline_at: number;
  result: string;
  operator: { id: string; name: string } | null;
}

export interface Entry extends Handoff {
  conversation: string;
  overdue: boolean;
  channel: string;
  language: string;
  customer: string;
  unanswered: boolean;
  last: { author: Author; text: string; at: number } | null;
}

export interface Queue {
  now: number;
  waiting: Entry[];
  mine: Entry[];
  others: Entry[];
  to_contact: Entry[];
}

export type Author = "customer" | "bot" | "operator" | "system";

export interface Message {
  seq: number;
  author: Author;
  name: string;
  text: string;
  kind: string;
  buttons: string[];
  at: number;
}

export interface Rate {
  confirmed: number;
  assumed: number;
  eligible: number;
}

export interface Suggestion {
  template: string;
  title: string;
  text: string;
  mode: string;
  confidence: number;
  carried: boolean;
  tried: boolean;
  missing: string[];
  rate: Rate | null;
}

export interface Tried {
  template: string;
  title: string;
  variant: string;
  text: string;
  confidence: number;
  outcome: string;
  cause: string;
  by_operator: boolean;
  at: number;
}

export interface Thread {
  now: number;
  id: string;
  status: "with_bot" | "waiting" | "with_operator" | "closed";
  language: string;
  channel: string;
  opened_at: number;
  closed_by: string;
  close_reason: string;
  mine: boolean;
  handoff: Handoff;
  customer: { name: string; email: string; proven: boolean; since: number | null };
  slots: { name: string; value: string }[];
  messages: Message[];
  tried: Tried[];
  suggestions: Suggestion[];
}
