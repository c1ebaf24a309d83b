/** A plot with its name, what its marks mean, and the same numbers as a table for whoever cannot see it. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { W } from "../words";

export interface Numbers {
  columns: string[];
  rows: string[][];
}

interface Props {
  title: string;
  note?: string;
  legend?: { mark: string; means: string }[];
  numbers?: Numbers;
  children: ComponentChildren;
}

export function Figure({ title, note, legend = [], numbers, children }: Props) {
  const id = useId();
  return (
    <figure class="figure" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{title}</h2>
        {note && <p class="quiet">{note}</p>}
      </figcaption>
      {legend.length > 0 && (
        <ul class="key">
          {legend.map(({ mark, means }) => (
            <li key={mark}>
              <i class={`mark ${mark}`} aria-hidden="true" />
              {means}
            </li>
          ))}
        </ul>
      )}
      {children}
      {numbers && numbers.rows.length > 0 && <Table title={title} numbers={numbers} />}
    </figure>
  );
}

function Table({ title, numbers }: { title: string; numbers: Numbers }) {
  return (
    <details class="numbers">
      <summary>{W.asNumbers}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={`${title}: ${W.asNumbers}`}>
        <table>
          <thead>
            <tr>
              {numbers.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbers.rows.map(([first, ...others]) => (
              <tr key={first}>
                <th scope="row">{first}</th>
                {others.map((cell, index) => (
                  <td key={numbers.columns[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
