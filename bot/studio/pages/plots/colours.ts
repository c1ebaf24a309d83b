/** Colours of the style sheet for what is drawn on a canvas. */
import { useEffect, useState } from "preact/hooks";

export interface Colours {
  ink: string;
  soft: string;
  line: string;
  floor: string;
  floorBand: string;
  ceiling: string;
  ceilingBand: string;
  mark: string;
}

const NAMES: Record<keyof Colours, string> = {
  ink: "--ink",
  soft: "--soft",
  line: "--line",
  floor: "--floor",
  floorBand: "--floor-band",
  ceiling: "--ceiling",
  ceilingBand: "--ceiling-band",
  mark: "--mark",
};

/** The colours as they are now: a custom property alone would not say which of light and dark is meant. */
function colours(): Colours {
  const probe = document.body.appendChild(document.createElement("i"));
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, read(name)]));
  probe.remove();
  return found as unknown as Colours;
}

/** The colours, new ones when the page turns dark or light. */
export function useColours(): Colours {
  const [found, setFound] = useState(colours);
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const again = () => setFound(colours());
    dark.addEventListener("change", again);
    return () => dark.removeEventListener("change", again);
  }, []);
  return found;
}
