/** What the server sends of the weekly review. Times are milliseconds since 1970 UTC. */
import type { Mode, Rates, Step, Week } from "./types";

export interface Quote {
  text: string;
  times: number;
  conversation: string;
}

/** What was asked after an answer, and as what it was understood; empty: not understood. */
export interface Followed {
  intent: string;
  times: number;
  examples: Quote[];
}

/** A message that got the wrong answer. */
export interface Caught extends Quote {
  signs: Record<string, number>;
  rules: Record<string, number>;
  meant: Record<string, number>;
}

/** A slot that was asked for, and so many customers went no further. */
export interface Unfinished {
  slot: string;
  times: number;
}

export interface Said {
  notes: Quote[];
  followed: Followed[];
  caught: Caught[];
  added: Quote[];
  left_out: Quote[];
  instead: Quote[];
  afterwards: Quote[];
  unfinished: Unfinished[];
}

/** What people said about one template; null when nothing of it was sent. */
export interface SaidOfOne {
  titles: Record<string, string>;
  said: Said | null;
}

export interface Reviewed extends Said {
  template: string;
  title: string;
  mode: Mode | null;
  owner: string;
  review_by: string;
  overdue: boolean;
  known: boolean;
  gain: number;
  rates: Rates;
  weeks: Week[];
  revisions: { hash: string; new_at: number; language: string; rates: Rates }[];
}

export interface Pair {
  one: string;
  other: string;
  offered: number;
  picked_one: number;
  picked_other: number;
  took_one: number;
  took_other: number;
  messages: number;
  examples: string[];
}

export interface Unneeded {
  template: string;
  title: string;
  mode: Mode;
  owner: string;
  last_sent: number | null;
}

export interface Overdue {
  template: string;
  title: string;
  owner: string;
  review_by: string;
}

export interface Review {
  since: number;
  until: number;
  titles: Record<string, string>;
  funnel: Step[];
  templates: Reviewed[];
  pairs: Pair[];
  unneeded: Unneeded[];
  overdue: Overdue[];
}

export interface Draft {
  intent: string;
  is_new: boolean;
  template: string;
  language: string;
  examples: string[];
  text: string;
  agreement: number;
  replies: number;
}

/** Something that customers ask and get no answer to. */
export interface Topic {
  id: string;
  language: string;
  conversations: number;
  messages: number;
  typical: string;
  phrasings: { text: string; messages: number }[];
  intent: string;
  answered: number;
  answered_with: [string, number][];
  replies: string[];
  draft: Draft;
  /** The content has all its phrasings as examples by now. */
  known: boolean;
  first_at: number;
  last_at: number;
}

export interface Unanswered {
  titles: Record<string, string>;
  all: number;
  conversations: number;
  topics: Topic[];
}
