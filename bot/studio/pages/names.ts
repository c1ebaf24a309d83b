/** Names for people of modes, steps, signs and reactions, and of a template's texts. */
import { channelName } from "../../pages/names";
import { languageName } from "./numbers";
import type { Mode, Text } from "./types";

export const MODES: Record<Mode, { name: string; means: string; ask: string }> = {
  draft: { name: "draft", means: "nobody sees it", ask: "Make it a draft" },
  suggest: { name: "suggest", means: "suggested to operators", ask: "Only suggest it" },
  trial: { name: "trial", means: "answers some alone, suggested in the rest", ask: "Put it on trial" },
  auto: { name: "auto", means: "answers alone", ask: "Let it answer alone" },
  retired: { name: "retired", means: "out of use", ask: "Retire it" },
};

export const STEPS: Record<string, string> = {
  asked: "Asked something",
  understood: "Understood",
  answered: "Answered by the bot",
  closed: "Closed without a person",
  sent: "Sent by the bot",
  counted: "Known by now",
  confirmed: "Said that it helped",
};

export const SIGNS: Record<string, string> = {
  meant: "the customer said what they meant",
  picked: "the customer picked something else",
  operator: "an operator sent another answer",
  no: "the customer said that it did not help",
};

export const REACTIONS: Record<string, string> = {
  answer: "Answers",
  reply: "Goes on with",
  wished: "A person, as wished",
  talk: "Says something of its own",
  suggestion: "A person, with the suggestion",
  person: "A person: there is no answer",
  options: "Asks which of several is meant",
  rephrase: "Asks to put it another way",
  again: "Asks for a value again",
  nothing: "Nothing",
};

export type Placed = Pick<Text, "language" | "channel" | "variant">;

/** Which of a template's texts one is: `English, Website, friendly`. */
export function textName({ language, channel, variant }: Placed): string {
  return [languageName(language), channelName(channel), variant].filter(Boolean).join(", ");
}
