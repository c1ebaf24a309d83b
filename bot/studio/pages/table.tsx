/** The table of templates: found by words, mode and owner; sorted by any column. */
import { useMemo, useState } from "preact/hooks";
import { Link } from "./link";
import { MODES } from "./names";
import { count, percent } from "./numbers";
import { ModeBadge } from "./parts";
import { Range, RangeText } from "./plots/range";
import { Spark } from "./plots/spark";
import type { Mode, Standing } from "./types";
import { W } from "./words";

type Column = "title" | "mode" | "closed" | "sent" | "response" | "gain";
type Value = string | number;

const ORDER: Mode[] = ["auto", "trial", "suggest", "draft", "retired"];

/** What each column sorts by; figures begin with the greatest. */
const VALUES: Record<Column, (one: Standing) => Value> = {
  title: (one) => one.title.toLowerCase(),
  mode: (one) => ORDER.indexOf(one.mode),
  closed: (one) => one.rates.floor.value ?? -1,
  sent: (one) => one.rates.sent,
  response: (one) => one.rates.response.value ?? -1,
  gain: (one) => one.to_gain,
};
const RISING: Column[] = ["title", "mode"];

interface Filter {
  words: string;
  mode: Mode | "";
  owner: string | null;
}

function passes(one: Standing, filter: Filter): boolean {
  const words = filter.words.trim().toLowerCase();
  const named = !words || one.title.toLowerCase().includes(words) || one.template.toLowerCase().includes(words);
  return named && (!filter.mode || one.mode === filter.mode) && (filter.owner === null || one.owner === filter.owner);
}

function sorted(templates: Standing[], column: Column, rising: boolean): Standing[] {
  const value = VALUES[column];
  const way = rising ? 1 : -1;
  const compare = (a: Value, b: Value) => (a < b ? -1 : a > b ? 1 : 0);
  return [...templates].sort((a, b) => way * compare(value(a), value(b)) || b.to_gain - a.to_gain);
}

export function TemplateTable({ templates }: { templates: Standing[] }) {
  const [filter, setFilter] = useState<Filter>({ words: "", mode: "", owner: null });
  const [column, setColumn] = useState<Column>("gain");
  const [rising, setRising] = useState(false);
  const shown = useMemo(
    () => sorted(templates.filter((one) => passes(one, filter)), column, rising),
    [templates, filter, column, rising],
  );
  const sort = (by: Column) => {
    setRising(by === column ? !rising : RISING.includes(by));
    setColumn(by);
  };
  return (
    <section class="all" aria-label={W.templates}>
      <Filters templates={templates} filter={filter} onFilter={setFilter} />
      <p class="quiet found" role="status">
        {W.found(shown.length, templates.length)}
      </p>
      <table class="templates">
        <thead>
          <tr>
            {(["title", "mode", "closed", "sent", "response"] as Column[]).map((one) => (
              <Head key={one} column={one} sorted={one === column} rising={rising} onSort={sort} />
            ))}
            <th scope="col" class="c-trend">
              {W.columns.trend}
            </th>
            <Head column="gain" sorted={column === "gain"} rising={rising} onSort={sort} />
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Line key={one.template} of={one} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps {
  column: Column;
  sorted: boolean;
  rising: boolean;
  onSort: (column: Column) => void;
}

function Head({ column, sorted: is, rising, onSort }: HeadProps) {
  return (
    <th scope="col" class={`c-${column}`} aria-sort={is ? (rising ? "ascending" : "descending") : undefined}>
      <button type="button" onClick={() => onSort(column)}>
        {W.columns[column]}
        <span aria-hidden="true" class="arrow">
          {is ? (rising ? "↑" : "↓") : ""}
        </span>
      </button>
    </th>
  );
}

function Line({ of: one }: { of: Standing }) {
  return (
    <tr>
      <th scope="row" class="c-title">
        <Link to={{ page: "template", name: one.template }}>{one.title}</Link>
        <span class="tags">
          <span class="quiet">{one.owner || W.noOwner}</span>
          {one.risk && <span class="badge risky">{W.risk(one.risk)}</span>}
          {one.overdue && <span class="badge late">{W.reviewOverdue}</span>}
        </span>
      </th>
      <td class="c-mode">
        <ModeBadge mode={one.mode} />
        {one.edited && <span class="quiet small-text">{W.edited}</span>}
        {one.actor && <span class="quiet small-text why">{one.why}</span>}
      </td>
      <td class="c-closed">
        <Range floor={one.rates.floor} ceiling={one.rates.ceiling} silent />
        <RangeText floor={one.rates.floor} ceiling={one.rates.ceiling} />
      </td>
      <td class="c-sent number">{count(one.rates.sent)}</td>
      <td class="c-response number">{percent(one.rates.response.value)}</td>
      <td class="c-trend">
        <Spark weeks={one.weeks} />
      </td>
      <td class="c-gain number">
        <b>{count(one.to_gain)}</b>
      </td>
    </tr>
  );
}

interface FiltersProps {
  templates: Standing[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

function Filters({ templates, filter, onFilter }: FiltersProps) {
  const owners = [...new Set(templates.map((one) => one.owner))].sort();
  const modes = ORDER.filter((mode) => templates.some((one) => one.mode === mode));
  const number = (mode: Mode | "") => templates.filter((one) => !mode || one.mode === mode).length;
  return (
    <div class="filters">
      <input
        type="search"
        placeholder={W.find}
        aria-label={W.find}
        value={filter.words}
        onInput={(event) => onFilter({ ...filter, words: event.currentTarget.value })}
      />
      <div class="choices" role="group" aria-label={W.modeFilter}>
        {(["", ...modes] as (Mode | "")[]).map((mode) => (
          <button
            key={mode}
            type="button"
            aria-pressed={filter.mode === mode}
            onClick={() => onFilter({ ...filter, mode })}
          >
            {mode ? MODES[mode].name : W.everyMode} <span class="count">{number(mode)}</span>
          </button>
        ))}
      </div>
      {owners.length > 1 && (
        <label class="owner">
          {W.ownerFilter}{" "}
          <select
            value={filter.owner ?? "*"}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              onFilter({ ...filter, owner: chosen === "*" ? null : chosen });
            }}
          >
            <option value="*">{W.everyOwner}</option>
            {owners.map((owner) => (
              <option key={owner} value={owner}>
                {owner || W.noOwner}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
