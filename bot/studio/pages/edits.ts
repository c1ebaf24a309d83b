/** What goes to the server and comes back when content is edited. */
import type { Problem } from "../../pages/problem";
import type { OutcomeCount, Share, Text } from "./types";

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

export interface Edit {
  /** New texts, each with what stood there `before`. */
  texts: (Text & { before: string })[];
  /** New ways to ask, by language. */
  examples: Record<string, string[]>;
  /** Ways to ask that the files have now, and are not to have. */
  removed: Record<string, string[]>;
}
