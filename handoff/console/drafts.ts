/** What is in the composer, kept for every conversation until it is sent. */
import type { Suggestion } from "./types";

/** `template` and `original` are set when the text began as a suggestion. */
export interface Draft {
  text: string;
  template: string;
  original: string;
}

const NONE: Draft = { text: "", template: "", original: "" };

export class Drafts {
  private readonly kept = new Map<string, Draft>();

  of(conversation: string | null): Draft {
    return this.kept.get(conversation ?? "") ?? NONE;
  }

  /** Change the words; without any, the template is forgotten too. */
  write(conversation: string, text: string): void {
    this.keep(conversation, text ? { ...this.of(conversation), text } : NONE);
  }

  /** Start from a suggestion; it replaces another suggestion, but never one's own words. */
  begin(conversation: string, { text, template }: Suggestion): void {
    const before = this.of(conversation);
    const own = before.template && before.text === before.original ? "" : before.text;
    this.keep(conversation, { text: own ? `${own}\n${text}` : text, template, original: text });
  }

  forgetTemplate(conversation: string): void {
    this.keep(conversation, { ...NONE, text: this.of(conversation).text });
  }

  keep(conversation: string, draft: Draft): void {
    this.kept.set(conversation, draft);
  }

  forget(conversation: string): void {
    this.kept.delete(conversation);
  }
}
