/** Plain text with its web addresses as links. Only http and https; never HTML. */
import type { Texts } from "./texts";

const ADDRESS = /(https?:\/\/[^\s<>"'`]+)/i;
const TRAILING = /[.,;:!?…)\]}»”’]+$/;

/** Where the address ends: punctuation behind it is the sentence's, but a bracket that it opens itself is its own. */
function cut(found: string): number {
  const trailing = TRAILING.exec(found);
  if (!trailing) return found.length;
  const closes = trailing[0].startsWith(")") && found.slice(0, trailing.index).includes("(");
  return trailing.index + (closes ? 1 : 0);
}

/** A link that leaves the page as it is. */
export function Out({ to, title, texts, name }: { to: string; title: string; texts: Texts; name?: string }) {
  return (
    <a class={name} href={to} target="_blank" rel="noopener noreferrer">
      {title}
      <span class="unseen"> ({texts.newTab})</span>
    </a>
  );
}

export function Linked({ text, texts }: { text: string; texts: Texts }) {
  return (
    <>
      {text.split(ADDRESS).map((part, index) => {
        if (index % 2 === 0) return part;
        const end = cut(part);
        const to = part.slice(0, end);
        return [<Out to={to} title={to} texts={texts} />, part.slice(end)];
      })}
    </>
  );
}

/** The address of a button that opens a page, or null. */
export function target(payload: string): string | null {
  const address = payload.startsWith("url:") ? payload.slice(4) : "";
  return /^https?:\/\//i.test(address) ? address : null;
}
