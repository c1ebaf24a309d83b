/** What an edit would have done: whether it harms anybody, and every answer that changes, with examples. */
import { OUTCOMES } from "../../pages/names";
import type { Recorded, Replaced, Replayed, Side } from "./edits";
import { count, percent } from "./numbers";
import { Range, RangeText } from "./plots/range";
import { W } from "./words";

export function ReplayedView({ of: found }: { of: Replayed }) {
  return (
    <section class="replayed" aria-labelledby="replayed">
      <h2 id="replayed">{W.replayTitle}</h2>
      <p class={`verdict ${found.lost > 0 ? "harm" : "no-harm"}`}>{W.replayVerdict(found)}</p>
      <p class="quiet">{W.replayed(found)}</p>
      <ServedBars of={found} />
      {found.changes.length === 0 && <p class="panel quiet">{W.nothingChanges}</p>}
      <ol class="changes">
        {found.changes.map((change) => (
          <Change
            key={`${change.before.kind} ${change.before.templates} ${change.after.kind} ${change.after.templates}`}
            of={change}
            titles={found.titles}
          />
        ))}
      </ol>
    </section>
  );
}

/** How many messages got what they were written for, now and after the edit. */
function ServedBars({ of: found }: { of: Replayed }) {
  const rows = [
    { name: W.now, number: found.served_before, share: found.served.before },
    { name: W.afterEdit, number: found.served_after, share: found.served.after },
  ];
  return (
    <ul class="served">
      {rows.map((row) => (
        <li key={row.name}>
          <span>{row.name}</span>
          <span class="served-track" aria-hidden="true">
            <span class="served-bar" style={{ width: `${100 * (row.share ?? 0)}%` }} />
          </span>
          <span>
            <b>{percent(row.share)}</b> <span class="quiet">{W.servedOf(count(row.number))}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Change({ of: change, titles }: { of: Replaced; titles: Record<string, string> }) {
  return (
    <li class={`panel change sort-${change.sort} ${change.lost ? "lost" : ""}`}>
      <p class="change-head">
        <span class="badge">{W.sorts[change.sort]}</span>
        {change.lost && <span class="badge late">{W.harm}</span>}
        <span class="quiet">{W.inConversations(change.messages, change.conversations)}</span>
      </p>
      <div class="change-sides">
        <SideView name={W.now} side={change.before} titles={titles} />
        <span class="change-arrow" aria-hidden="true">
          →
        </span>
        <SideView name={W.afterEdit} side={change.after} titles={titles} />
      </div>
      {change.outcomes.length > 0 && (
        <p class="quiet">
          {W.whatBecame}{" "}
          {change.outcomes.map((one) => `${OUTCOMES[one.outcome] ?? one.outcome} ${one.count}`).join(", ")}
        </p>
      )}
      <details>
        <summary>{W.realExamples(change.examples.length)}</summary>
        <ul class="examples">
          {change.examples.map((example) => (
            <li key={`${example.conversation} ${example.at}`} lang={example.language}>
              <q>{example.text}</q>
              <dl>
                <div>
                  <dt>{W.now}</dt>
                  <dd class="said">{example.before || W.saysNothing}</dd>
                </div>
                <div>
                  <dt>{W.afterEdit}</dt>
                  <dd class="said">{example.after || W.saysNothing}</dd>
                </div>
              </dl>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function SideView({ name, side, titles }: { name: string; side: Side; titles: Record<string, string> }) {
  return (
    <div class="side-view">
      <p class="quiet">{name}</p>
      <p>
        <b>{W.reaction(side.kind, side.templates.map((template) => titles[template] ?? template))}</b>
      </p>
      {side.records.map((record) => (
        <RecordView key={record.template} of={record} />
      ))}
    </div>
  );
}

function RecordView({ of: record }: { of: Recorded }) {
  if (record.sent === 0) return <p class="quiet">{W.noRecord}</p>;
  return (
    <div class="record">
      <Range floor={record.floor} ceiling={record.ceiling} silent />
      <p>
        <RangeText floor={record.floor} ceiling={record.ceiling} /> <span class="quiet">{W.ofAnswers(count(record.floor.of))}</span>
      </p>
    </div>
  );
}
