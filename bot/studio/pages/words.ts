/** The sentences of the studio; what things are called is in names.ts. */
import type { Replaced, Replayed } from "./edits";
import type { Pair } from "./heard";
import { MODES, type Placed, REACTIONS, SIGNS, STEPS, textName } from "./names";
import { count, day, languageName, percent, time, times } from "./numbers";
import type { Part, Route } from "./route";
import type { Known, Mode, Share, Week } from "./types";

function range(floor: Share, ceiling: Share): string {
  return `${percent(floor.value)} to ${percent(ceiling.value)}`;
}

export const W = {
  brand: "Frontdesk studio",
  signInLead: "See which templates close conversations, and let the good ones answer alone.",
  starting: "Opening the studio…",
  loading: "One moment…",
  skip: "Skip to the content",
  pages: "Pages",
  templates: "Templates",
  review: "Weekly review",
  console: "Console",
  signOut: "Sign out",
  notForYou: "Not for your roles",
  notAdmitted: "The studio is for editors and leads. Your roles do not include it; an administrator can change that.",
  titleOf: (route: Route): string => {
    switch (route.page) {
      case "templates":
        return "Templates";
      case "review":
        return "Weekly review";
      case "template":
        return route.name;
      case "edit":
        return `Edit ${route.name}`;
    }
  },

  // Numbers
  noData: "no data yet",
  nothingSent: "Nothing was sent in this time.",
  closed: (floor: Share, ceiling: Share): string =>
    floor.value === null ? "no data yet" : `closed ${range(floor, ceiling)} of ${floor.of}`,
  withInterval: (share: Share): string =>
    share.value === null ? "–" : `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`,
  asNumbers: "The same as numbers",
  week: "Week of",
  counted: "Answers that count",
  floor: "Floor",
  ceiling: "Ceiling",
  response: "Survey response",
  sent: "Sent",
  trend: (weeks: Week[]): string =>
    weeks.length === 0
      ? "no weeks yet"
      : `floor by week: ${weeks.map((week) => percent(week.floor.value)).join(", ")}`,
  floorMeans: "Floor: customers said that it helped",
  ceilingMeans: "Ceiling: and those who said nothing",
  knownText: (known: Known, bar: number): string =>
    `${known.hits} of ${known.of} with a known end helped (${percent(known.value)}, bar ${percent(bar)}); ` +
    `${known.silent} said nothing.`,
  marksMean: "A change of text or mode",
  arrowKeys: "The arrow keys go from week to week.",
  readoutHint: "Point at a week, or use the arrow keys.",
  readout: (week: Week): string =>
    `Week of ${day(week.at)}: ${range(week.floor, week.ceiling)} closed, of ${week.eligible}; ` +
    `floor between ${percent(week.floor.low)} and ${percent(week.floor.high)}, ` +
    `ceiling between ${percent(week.ceiling.low)} and ${percent(week.ceiling.high)}.`,
  funnel: "From asked to closed",
  step: (name: string): string => STEPS[name] ?? name,
  outcomes: "What became of the answers",
  allTemplates: "All templates, week by week",

  // The list
  templatesLead: "Sorted by what there is to gain: answers that did not close a conversation.",
  period: "Time",
  periods: [
    { days: 7, name: "7 days" },
    { days: 30, name: "30 days" },
    { days: 90, name: "90 days" },
  ],
  proposals: "Waiting for your word",
  confirm: "Confirm",
  notNow: "Not now",
  mayNot: "Your roles do not include confirming this.",
  confirmed: (title: string, mode: Mode): string => `${title}: ${MODES[mode].name} from now on.`,
  takenBack: "Taken back by Frontdesk",
  takenBackSince: (at: number): string => `on ${time(at)}`,
  find: "Find a template",
  modeFilter: "Mode",
  ownerFilter: "Owner",
  everyMode: "All",
  everyOwner: "Everybody",
  noOwner: "nobody",
  found: (shown: number, all: number): string =>
    shown === all ? `${all} templates` : `${shown} of ${all} templates`,
  columns: {
    title: "Template",
    mode: "Mode",
    closed: "Closed, floor to ceiling",
    sent: "Sent",
    response: "Response",
    trend: "Trend",
    gain: "To gain",
  },
  edited: "edited since",
  risk: (risk: string): string => `risk: ${risk}`,
  reviewOverdue: "review overdue",

  // One template
  where: "Where this page is",
  weeksOf: "Close rate, week by week",
  funnelOf: "From sent to closed",
  ofAnswers: (number: string): string => `of ${number}`,
  autoEdited: "answers everybody, but its new text is still on trial",
  since: (at: number): string => `since ${time(at)}`,
  owned: (owner: string): string => (owner ? `looked after by ${owner}` : "nobody looks after it"),
  reviewBy: (date: string): string => `to be reviewed by ${date}`,
  interval: (share: Share): string => `${percent(share.low)} to ${percent(share.high)}`,
  countedOf: (eligible: number): string => `${count(eligible)} count`,
  toGain: "To gain",
  toGainMeans: "did not close",
  newText: (languages: string[]): string => `new text (${languages.map(languageName).join(", ")})`,
  newMode: (before: Mode, after: Mode): string => `${MODES[before].name} → ${MODES[after].name}`,
  revisions: "Revisions",
  revisionsNote: "Every text that customers have seen in this time, oldest first.",
  from: (day: string): string => `from ${day}`,
  fromTo: (first: string, last: string): string => (first === last ? first : `${first} to ${last}`),
  itsText: "Its text",
  variants: "Variants",
  variantsNote: "Traffic goes to each as often as it is likely to be the best.",
  plainVariant: "plain text",
  traffic: (share: number): string => `gets ${percent(share)} of the traffic`,
  lostVariant: "has lost",
  texts: "Texts",
  textName,
  edit: "Edit and replay",
  missing: "What customers said was missing",
  times: (times: number): string => `${times}×`,
  more: (hidden: number): string => `${hidden} more`,
  added: "What operators added",
  leftOut: "What operators left out",
  instead: "What operators wrote instead",
  afterwards: "What operators wrote when it was not enough",
  unfinished: "Where customers went no further",
  askedFor: (slot: string): string => `when asked for ${slot.replaceAll("_", " ")}`,
  followed: "What customers asked next",
  notUnderstood: "not understood",
  caught: "Messages that it was the wrong answer to",
  meant: (titles: string[]): string => `meant: ${titles.join(", ")}`,
  signs: (signs: string[]): string => signs.map((sign) => SIGNS[sign] ?? sign).join(", "),
  whatWasSaid: "What people said about it",
  nothingSaid: "Nobody said anything about it in this time.",
  operators: "Used by operators",
  asSuggested: "sent as it stands",
  editedFirst: "sent after editing",
  ignored: "not sent",
  history: "Modes so far",
  begins: "where its file lets it start",
  ways: "Change the mode",
  proposalTitle: (to: Mode): string => `Proposed: ${MODES[to].ask.toLowerCase()}`,
  notYet: (to: Mode): string => `${MODES[to].ask}: not now`,
  modeMeans: (to: Mode): string => `From now on: ${MODES[to].means}.`,
  reason: "Why? (optional)",
  reasonHint: "It is kept with the change, for whoever asks later.",

  // The review
  parts: {
    improve: { name: "To improve", lead: "Where most can be gained, and what people said that shows how." },
    unanswered: { name: "Without an answer", lead: "What customers asked and nobody had written an answer to." },
    tidy: { name: "To tidy up", lead: "What is in the way of something else, what nobody needs, and what is overdue." },
  } satisfies Record<Part, { name: string; lead: string }>,
  nothingToGain: "Every answer in this time closed its conversation, or nothing was sent.",
  notSentAlone: "The bot did not send it alone in this time.",
  gainOf: "to gain",
  responded: (share: string): string => `${share} responded`,
  gone: "no longer in the content",
  competing: "Intents that compete for the same messages",
  competingNote: "Give each of them examples that only it means, or make one of the two.",
  and: "and",
  pair: (pair: Pair, titles: Record<string, string>): string => {
    const one = titles[pair.one] ?? pair.one;
    const other = titles[pair.other] ?? pair.other;
    const said = [
      pair.offered > 0 &&
        `offered together ${times(pair.offered, "time", "times")} (${
          pair.picked_one + pair.picked_other === 0
            ? "neither was picked"
            : `“${one}” picked ${pair.picked_one}, “${other}” ${pair.picked_other}`
        })`,
      pair.took_one > 0 && `“${one}” answered ${times(pair.took_one, "message", "messages")} that meant the other`,
      pair.took_other > 0 && `“${other}” answered ${times(pair.took_other, "message", "messages")} that meant the first`,
    ];
    return said.filter(Boolean).join("; ");
  },
  unneeded: "Templates that nobody needs",
  unneededNote: "In use, and not sent for 60 days.",
  neverSent: "never sent",
  lastSent: (day: string): string => `last sent ${day}`,
  overdue: "Overdue for review",
  none: "None.",
  topicsFound: (all: number, conversations: number, shown: number): string =>
    all === 0
      ? "Every question in this time had an answer."
      : `${times(all, "question", "different questions")} in ${times(conversations, "conversation", "conversations")}` +
        (shown < all ? `; the ${shown} most frequent.` : "."),
  conversations: (number: number): string => (number === 1 ? "conversation" : "conversations"),
  understoodAs: (title: string): string => `understood as “${title}”, which has no answer`,
  answeredByOperators: (number: number): string => `operators answered ${number}`,
  operatorsSaid: "Operators said:",
  knownByNow: "known by now",
  draft: "Look at the draft",
  draftName: "Name",
  draftNameHint: "Of the intent and the template in the files: small letters, digits and _.",
  addsTo: (title: string): string => `These are ways to ask “${title}”, which has an answer. Accepting adds them as examples.`,
  examples: "Ways to ask it",
  examplesHint: "One a line.",
  answer: "Answer",
  draftedFrom: (replies: number, agreement: string): string =>
    `Out of ${times(replies, "reply", "replies")} of operators; ${agreement} of them say this. Personal data is left out.`,
  noReplies: "Operators have not answered this in their own words; write the answer.",
  accept: "Accept",
  acceptMeans: "Writes the intent and the template into the content files. It starts as a suggestion to operators.",
  accepted: (question: string, files: string[]): string => `“${question}” is written into ${files.join(" and ")}.`,
  acceptAddsMeans: "Writes the examples into the content files.",
  notPublished: "Nothing was written; this is wrong:",
  warnings: "Nothing here stops it from being published, but look at this:",

  // Editing and replay
  editShort: "Edit",
  editLead: "Customers see nothing of this until you publish it.",
  textLabel: (text: Placed): string => `Text (${textName(text)})`,
  knownExamples: (number: number, language: string): string =>
    `${times(number, "way", "ways")} to ask it (${languageName(language)})`,
  remove: "Remove",
  keep: "Keep",
  moreExamples: (language: string): string => `More ways to ask it (${languageName(language)})`,
  replay: "Replay the last 30 days",
  replayMeans: "What customers wrote in the last 30 days is run through the edit. Nothing is sent or written.",
  changeSomething: "Change a text, or the ways to ask it; then it can be replayed.",
  preparing: "Reading the edit…",
  replaying: (done: string, of: string): string => `${done} of ${of} messages`,
  replayBroke: "The replay broke off; try again.",
  resultHere: "What the edit would have changed stands here after the replay.",
  publish: "Publish",
  publishMeans: "Writes the content files, comments kept. Customers get it from the next message on.",
  replayTitle: "What it would have changed",
  replayVerdict: (found: Replayed): string =>
    found.lost > 0
      ? `It harms ${times(found.lost, "message", "messages")} of those that are served now (${percent(found.lost_share)}).`
      : "It harms no message that is served now.",
  replayed: (found: Replayed): string =>
    `${times(found.messages, "message", "messages")} in ${times(found.conversations, "conversation", "conversations")} ` +
    `from ${day(found.since)} to ${day(found.until)}; ${times(found.changed, "message gets", "messages get")} something else.`,
  nothingChanges: "No recorded message would have got another answer.",
  now: "Now",
  afterEdit: "With the edit",
  servedOf: (number: string): string => `${number} got what they asked for`,
  sorts: {
    unanswered: "Becomes unanswered",
    moved: "Gets another answer",
    answered: "Becomes answered",
    reworded: "Same answer, other words",
    other: "Something else changes",
  } satisfies Record<Replaced["sort"], string>,
  harm: "harm",
  inConversations: (messages: number, conversations: number): string =>
    `${times(messages, "message", "messages")} in ${times(conversations, "conversation", "conversations")}`,
  whatBecame: "What became of the answers at the time:",
  realExamples: (number: number): string => times(number, "real example", "real examples"),
  saysNothing: "(nothing)",
  noRecord: "never sent by the bot in this time",
  reaction: (kind: string, titles: string[]): string => {
    const what = REACTIONS[kind] ?? kind;
    return titles.length > 0 ? `${what}: ${titles.join(", ")}` : what;
  },
};
