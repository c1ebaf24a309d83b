/** Text with its web addresses as links. Only http and https; everything is text, nothing is markup. */
import type { ComponentChildren } from "preact";

const ADDRESS = /https?:\/\/[^\s<>"']+/g;
const TRAILING = /[.,;:!?)\]}]+$/;

export function linkify(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(TRAILING, "");
    if (!URL.canParse(address)) continue;
    parts.push(text.slice(end, found.index));
    parts.push(
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    end = found.index + address.length;
  }
  parts.push(text.slice(end));
  return parts;
}
