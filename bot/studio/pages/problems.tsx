/** What is wrong with content that somebody wants to publish, each with its place. */
import type { Problem } from "../../pages/problem";
import { W } from "./words";

export function ProblemList({ problems }: { problems: Problem[] }) {
  return (
    <div role="alert">
      {problems.length > 0 && (
        <div class="problems">
          <p>{problems.some((one) => one.severity === "error") ? W.notPublished : W.warnings}</p>
          <ul>
            {problems.map((one) => (
              <li key={`${one.file}:${one.line}:${one.column}:${one.message}`}>
                <code>
                  {one.file}:{one.line}:{one.column}
                </code>{" "}
                {one.message}
                {one.hint && <span class="quiet"> ({one.hint})</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
