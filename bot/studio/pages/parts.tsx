/** Small parts that every page uses. */
import { MODES } from "./names";
import type { Mode } from "./types";

export function ModeBadge({ mode }: { mode: Mode }) {
  return <span class={`mode mode-${mode}`}>{MODES[mode].name}</span>;
}
