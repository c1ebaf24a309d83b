/** The right pane: what may be sent, who the customer is, what is known, and what was tried. */
import { channelName, OUTCOMES } from "../../bot/pages/names";
import type { Desk } from "./desk";
import { day, timeOfDay } from "./time";
import type { Suggestion, Thread, Tried } from "./types";
import { closeRate, sentenceCase } from "./words";

interface Props {
  desk: Desk;
  thread: Thread | null;
  onEdit: (index: number) => void;
}

export function SidePane({ desk, thread, onEdit }: Props) {
  return (
    <section class="side" aria-label="About this conversation" tabIndex={0}>
      {thread && (
        <>
          {thread.handoff.status !== "ended" && <Suggestions desk={desk} thread={thread} onEdit={onEdit} />}
          <Customer thread={thread} />
          <Slots thread={thread} />
          <TriedTemplates tried={thread.tried} />
        </>
      )}
    </section>
  );
}

function Suggestions({ desk, thread, onEdit }: Props & { thread: Thread }) {
  return (
    <section aria-labelledby="suggestions">
      <h2 id="suggestions">Suggested answers</h2>
      {thread.suggestions.length === 0 && <p class="quiet">No template fits what was said.</p>}
      <ol class="suggestions">
        {thread.suggestions.map((suggestion, index) => (
          <SuggestedAnswer
            key={suggestion.template}
            suggestion={suggestion}
            index={index}
            usable={thread.mine}
            onSend={() => desk.sendSuggestion(suggestion)}
            onEdit={() => onEdit(index)}
          />
        ))}
      </ol>
      {thread.suggestions.length > 0 && !thread.mine && (
        <p class="quiet">Claim the conversation to send one with a single key.</p>
      )}
    </section>
  );
}

interface SuggestedProps {
  suggestion: Suggestion;
  index: number;
  usable: boolean;
  onSend: () => void;
  onEdit: () => void;
}

function SuggestedAnswer({ suggestion, index, usable, onSend, onEdit }: SuggestedProps) {
  const { title, text, rate, carried, tried, missing } = suggestion;
  const change = missing.length > 0 ? `Fill in ${missing.join(", ").replaceAll("_", " ")}` : "Edit";
  return (
    <li class={`suggestion ${tried ? "was-tried" : ""}`}>
      <p class="suggestion-top">
        <kbd>{index + 1}</kbd>
        <strong>{title}</strong>
      </p>
      <p class="suggestion-text" dir="auto">
        {text}
      </p>
      <p class="suggestion-facts">
        {carried && <span class="badge carried">Bot's suggestion</span>}
        {tried && <span class="badge">Tried already</span>}
        <span class="quiet">{closeRate(rate)}</span>
      </p>
      {usable && (
        <p class="suggestion-acts">
          {missing.length === 0 && (
            <button type="button" class="small" onClick={onSend} aria-label={`Send: ${title}`}>
              Send
            </button>
          )}
          <button type="button" class="small" onClick={onEdit} aria-label={`${change}: ${title}`}>
            {change}
          </button>
        </p>
      )}
    </li>
  );
}

function Customer({ thread }: { thread: Thread }) {
  const { customer, handoff } = thread;
  const facts: [string, string][] = [
    ["Name", customer.name],
    ["E-mail", customer.email],
    ["Wants to be reached at", handoff.contact],
    ["Identity", customer.proven ? "proven by the website" : "not proven"],
    ["Channel", channelName(thread.channel)],
    ["Language", thread.language],
    ["Since", `${day(thread.opened_at)}, ${timeOfDay(thread.opened_at)}`],
    ["Why a person", sentenceCase(handoff.reason)],
    ["Team", handoff.team],
  ];
  return (
    <section aria-labelledby="customer">
      <h2 id="customer">Customer</h2>
      <Facts facts={facts} />
    </section>
  );
}

function Slots({ thread }: { thread: Thread }) {
  return (
    <section aria-labelledby="slots">
      <h2 id="slots">What is known</h2>
      {thread.slots.length === 0 ? (
        <p class="quiet">Nothing yet.</p>
      ) : (
        <Facts facts={thread.slots.map(({ name, value }) => [sentenceCase(name), value])} />
      )}
    </section>
  );
}

function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function TriedTemplates({ tried }: { tried: Tried[] }) {
  return (
    <section aria-labelledby="tried">
      <h2 id="tried">Answers so far</h2>
      {tried.length === 0 && <p class="quiet">No template was sent.</p>}
      <ul class="tried">
        {tried.map((one) => (
          <li key={`${one.template} ${one.at}`} title={one.cause}>
            <span>
              {one.title}
              <span class="quiet"> · {one.by_operator ? "operator" : "bot"} {timeOfDay(one.at)}</span>
            </span>
            <span class={`outcome outcome-${one.outcome}`}>{OUTCOMES[one.outcome] ?? one.outcome}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
