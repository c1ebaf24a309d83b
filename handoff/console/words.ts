/** Names of things for people. */
import type { Rate, Thread } from "./types";

export const PRIORITIES: Record<number, string> = { 0: "Emergency", 1: "Asked for a person" };

/** The customer's name, or what tells one nameless customer from the next. */
export function customerName(name: string, conversation: string): string {
  return name || `Customer ${conversation.slice(-4)}`;
}

/** A reason as a sentence, with the names of templates in it as words. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");
}

/** `61–78 % closed, of 48`: at least what customers confirmed, at most with what silence lets us assume. */
export function closeRate(rate: Rate | null): string {
  if (!rate || rate.eligible === 0) return "no data yet";
  const floor = Math.round((100 * rate.confirmed) / rate.eligible);
  const ceiling = Math.round((100 * (rate.confirmed + rate.assumed)) / rate.eligible);
  const share = floor === ceiling ? `${floor} %` : `${floor}–${ceiling} %`;
  return `${share} closed, of ${rate.eligible}`;
}

export function statusText(thread: Thread): string {
  switch (thread.status) {
    case "waiting":
      return `Waiting, number ${thread.handoff.position} in ${thread.handoff.team}`;
    case "with_operator":
      return thread.mine ? "With you" : `With ${thread.handoff.operator?.name ?? "a colleague"}`;
    case "with_bot":
      return "With the bot";
    case "closed":
      return thread.close_reason ? `Closed: ${thread.close_reason}` : "Closed";
  }
}
