/** What customers and operators said about a template, each kind under its own name. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Caught, Followed, Quote, Said, Unfinished } from "./heard";
import { W } from "./words";

interface Props {
  said: Said;
  titles: Record<string, string>;
}

export function SaidAbout({ said, titles }: Props) {
  return (
    <div class="said-about">
      <Quotes name={W.missing} quotes={said.notes} />
      <FollowedList followed={said.followed} titles={titles} />
      <CaughtList caught={said.caught} titles={titles} />
      <UnfinishedList unfinished={said.unfinished} />
      <Quotes name={W.afterwards} quotes={said.afterwards} />
      <Quotes name={W.added} quotes={said.added} />
      <Quotes name={W.leftOut} quotes={said.left_out} />
      <Quotes name={W.instead} quotes={said.instead} />
    </div>
  );
}

export function saysNothing(said: Said): boolean {
  const { notes, followed, caught, added, left_out, instead, afterwards, unfinished } = said;
  return [notes, followed, caught, added, left_out, instead, afterwards, unfinished].every((list) => list.length === 0);
}

function Times({ times }: { times: number }) {
  return times > 1 ? <span class="count">{W.times(times)}</span> : null;
}

/** So many of a kind are shown at first. */
const FIRST = 4;

/** A list under its name; the rest of a long one on demand. */
function Kind<T>({ name, list, children }: { name: string; list: T[]; children: (one: T) => ComponentChildren }) {
  const [all, setAll] = useState(false);
  if (list.length === 0) return null;
  const hidden = all ? 0 : list.length - FIRST;
  return (
    <section>
      <h3>{name}</h3>
      <ul class="quotes">{(hidden > 0 ? list.slice(0, FIRST) : list).map(children)}</ul>
      {hidden > 0 && (
        <button type="button" class="link more" onClick={() => setAll(true)} aria-label={`${W.more(hidden)}: ${name}`}>
          {W.more(hidden)}
        </button>
      )}
    </section>
  );
}

function Quotes({ name, quotes }: { name: string; quotes: Quote[] }) {
  return (
    <Kind name={name} list={quotes}>
      {(quote) => (
        <li key={quote.text}>
          <q>{quote.text}</q> <Times times={quote.times} />
        </li>
      )}
    </Kind>
  );
}

function FollowedList({ followed, titles }: { followed: Followed[]; titles: Record<string, string> }) {
  return (
    <Kind name={W.followed} list={followed}>
      {(one) => (
        <li key={one.intent}>
          <b>{one.intent ? (titles[one.intent] ?? one.intent) : W.notUnderstood}</b> <Times times={one.times} />
          {one.examples.map((example) => (
            <q key={example.text}>{example.text}</q>
          ))}
        </li>
      )}
    </Kind>
  );
}

function UnfinishedList({ unfinished }: { unfinished: Unfinished[] }) {
  return (
    <Kind name={W.unfinished} list={unfinished}>
      {(one) => (
        <li key={one.slot}>
          {W.askedFor(one.slot)} <Times times={one.times} />
        </li>
      )}
    </Kind>
  );
}

function CaughtList({ caught, titles }: { caught: Caught[]; titles: Record<string, string> }) {
  return (
    <Kind name={W.caught} list={caught}>
      {(one) => {
        const meant = Object.keys(one.meant).map((intent) => titles[intent] ?? intent);
        return (
          <li key={one.text}>
            <q>{one.text}</q> <Times times={one.times} />
            <span class="quiet">{meant.length > 0 ? W.meant(meant) : W.signs(Object.keys(one.signs))}</span>
          </li>
        );
      }}
    </Kind>
  );
}
