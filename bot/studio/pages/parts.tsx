/** Small parts that every page uses. */
import type { Mode } from "./types";
import { MODES } from "./words";

export function ModeBadge({ mode }: { mode: Mode }) {
  return <span class={`mode mode-${mode}`}>{MODES[mode].name}</span>;
}
