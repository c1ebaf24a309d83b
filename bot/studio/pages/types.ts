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
  /** What the intent's files say customers write, by language. */
  examples: Record<string, string[]>;
  variants: Variant[];
  history: Change[];
  ways: Way[];
  marks: Happened[];
}

export interface Verdict {
  allowed: boolean;
  rule: number;
  sentence: string;
}
