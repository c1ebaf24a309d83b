/** The frames of the web channel's socket: JSON objects, one per text frame. Times are milliseconds since 1970 UTC. */

export type Author = "customer" | "bot" | "operator" | "system";
export type Status = "with_bot" | "waiting" | "with_operator" | "closed";

export interface Button {
  title: string;
  payload: string;
}

/** One thing said; `id` is the uuid that the customer's browser gave it, `seq` its place in the conversation. */
export interface Message {
  conversation: string;
  seq: number;
  author: Author;
  name: string;
  text: string;
  buttons: Button[];
  kind: string;
  at: number;
  id: string | null;
}

export interface Hello {
  type: "hello";
  token: string | null;
  conversation: string | null;
  last_seq: number;
  language: string | null;
  identity: string | null;
}

/** What is kept and sent again until it is acknowledged. */
export type Lasting =
  | { type: "message"; id: string; text: string }
  | { type: "button"; id: string; payload: string; title: string }
  | { type: "end"; id: string }
  | { type: "consent"; id: string };

export type ToServer = Hello | Lasting | { type: "typing" } | { type: "read"; seq: number };

export interface Welcome {
  type: "welcome";
  token: string;
  conversation: string | null;
  status: Status;
  language: string;
  bot_name: string;
  messages: Message[];
  consent: { text: string } | null;
  talk_to_human: Button;
  position: number | null;
  operator: string | null;
  /** Forget what is shown: `messages` is the whole thread. */
  reset: boolean;
  /** What the bot says before anyone has said anything; it is not part of the conversation. */
  greeting?: { text: string; buttons: Button[] };
}

export type FromServer =
  | Welcome
  | { type: "ack"; id: string; seq: number }
  | { type: "message"; message: Message }
  | { type: "status"; status: Status; position: number | null; operator: string | null }
  | { type: "typing"; author: "bot" | "operator" }
  | { type: "error"; code: string; message: string; id: string | null };
