/** What the server sends. Times are milliseconds since 1970 UTC, shares 0 to 1. */

export interface Share {
  value: number | null;
  low: number;
  high: number;
  hits: number;
  of: number;
}

/** Of the answers of which it is known; nobody knows of `silent` more. */
export interface Known extends Share {
  silent: number;
}

export type Mode = "draft" | "suggest" | "trial" | "auto" | "retired";

export interface Rates {
  sent: number;
  eligible: number;
  floor: Share;
  ceiling: Share;
  response: Share;
}

export interface Week extends Rates {
  at: number;
}

export interface Proposal {
  to: Mode;
  rule: number;
  sentence: string;
  /** Whether whoever is signed in may confirm it. */
  may: boolean;
}

export interface Standing {
  template: string;
  title: string;
  owner: string;
  review_by: string;
  overdue: boolean;
  risk: string | null;
  start: Mode;
  mode: Mode;
  since: number | null;
  why: string;
  actor: string;
  edited: boolean;
  rates: Rates;
  to_gain: number;
  weeks: Week[];
  proposal: Proposal | null;
  known: Known;
}

export interface Step {
  name: string;
  count: number;
  share: number | null;
}

export interface OutcomeCount {
  outcome: string;
  count: number;
  share: number;
}

export interface Revision {
  hash: string;
  text: string;
  variant: string;
  channel: string;
  language: string;
  new_at: number;
  first: number;
  last: number;
  rates: Rates;
}

export interface Text {
  variant: string;
  language: string;
  channel: string;
  text: string;
}

export interface Change {
  number: number;
  before: Mode;
  mode: Mode;
  rule: number;
  sentence: string;
  by: string;
  system: boolean;
  at: number;
}

export interface Way {
  to: Mode;
  allowed: boolean;
  rule: number;
  sentence: string;
}

export interface Variant {
  name: string;
  traffic: number;
  lost: string;
  rates: Rates;
}

/** What changed at a time: the text, or the mode. */
export type Happened =
  | { kind: "text"; at: number; languages: string[] }
  | { kind: "mode"; at: number; before: Mode; mode: Mode };

export interface TakenBack {
  template: string;
  title: string;
  before: Mode;
  mode: Mode;
  sentence: string;
  at: number;
}

export interface Overview {
  now: number;
  days: number;
  bar: number;
  funnel: Step[];
  weeks: Week[];
  taken_back: TakenBack[];
  templates: Standing[];
}

export interface Template extends Standing {
  now: number;
  days: number;
  bar: number;
  intent: string;
  file: string;
  line: number;
  funnel: Step[];
  outcomes: OutcomeCount[];
  operators: { as_suggested: number; edited: number; ignored: number };
  revisions: Revision[];
  texts: Text[];
  variants: Variant[];
  history: Change[];
  ways: Way[];
  titles: Record<string, string>;
  /** What people said about it; null when nothing of it was sent. */
  said: Said | null;
  marks: Happened[];
}

export interface Verdict {
  allowed: boolean;
  rule: number;
  sentence: string;
}

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
  first_at: number;
  last_at: number;
}

export interface Unanswered {
  titles: Record<string, string>;
  all: number;
  conversations: number;
  topics: Topic[];
}

export interface Problem {
  file: string;
  line: number;
  column: number;
  code: string;
  message: string;
  hint: string;
  severity: "error" | "warning";
}

/** What the ledger says of a template, beside what an edit does. */
export interface Recorded {
  template: string;
  sent: number;
  floor: Share;
  ceiling: Share;
  response: Share;
  helped: number;
  known: number;
  good: boolean;
}

export interface Side {
  kind: string;
  templates: string[];
  records: Recorded[];
}

export interface Replaced {
  sort: "unanswered" | "moved" | "answered" | "reworded" | "other";
  before: Side;
  after: Side;
  messages: number;
  conversations: number;
  lost: boolean;
  outcomes: OutcomeCount[];
  examples: { conversation: string; at: number; text: string; before: string; after: string; language: string }[];
}

/** What an edit would have done to what customers wrote. */
export interface Replayed {
  since: number;
  until: number;
  conversations: number;
  messages: number;
  served_before: number;
  served_after: number;
  unserved_before: number;
  unserved_after: number;
  changed: number;
  lost: number;
  lost_share: number;
  otherwise_recorded: number;
  failed: number;
  titles: Record<string, string>;
  served: { before: number | null; after: number | null };
  changes: Replaced[];
}

/** A line of a replay as it comes. */
export type Line =
  | { is: "progress"; done: number; of: number }
  | { is: "problems"; problems: Problem[] }
  | { is: "failed"; message: string }
  | { is: "replayed"; replayed: Replayed; problems: Problem[] };

export interface EditedText {
  variant: string;
  language: string;
  channel: string;
  text: string;
}

export interface Edit {
  texts: EditedText[];
  /** New ways to ask, by language. */
  examples: Record<string, string[]>;
}
