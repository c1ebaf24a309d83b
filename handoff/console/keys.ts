/** The keys that work anywhere on the page. One list, shown by `?` and obeyed by `keyHandler`. */

export interface Acts {
  down(): void;
  up(): void;
  claim(): void;
  reply(): void;
  send(index: number): void;
  edit(index: number): void;
  release(): void;
  giveBack(): void;
  close(): void;
  help(): void;
  leaveField(): void;
}

export const KEYS: [keys: string, what: string][] = [
  ["j  or  ↓", "next in the queue"],
  ["k  or  ↑", "previous in the queue"],
  ["Enter", "claim the conversation"],
  ["1 … 9", "send that suggestion as it is"],
  ["Alt 1 … 9", "the same, while writing"],
  ["e", "put the first suggestion into the composer"],
  ["Shift 1 … 9", "put that suggestion into the composer"],
  ["r", "write a reply"],
  ["Enter  or  Ctrl Enter", "send what is written (Shift Enter: new line)"],
  ["l", "let go: back to the queue"],
  ["b", "give back to the bot"],
  ["x", "close, with a reason"],
  ["Esc", "leave the field, close a window"],
  ["?", "this list"],
];

/** Whether what is pressed belongs to the element: letters to a text field, Enter to a button. */
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

function pressable(target: EventTarget | null): boolean {
  // The selected line of the queue has nothing left to press: Enter on it claims.
  return target instanceof HTMLElement && target.matches("a, button:not(.line[aria-current]), summary");
}

export function keyHandler(acts: Acts): (event: KeyboardEvent) => void {
  const plain: Record<string, () => void> = {
    j: acts.down,
    ArrowDown: acts.down,
    k: acts.up,
    ArrowUp: acts.up,
    r: acts.reply,
    e: () => acts.edit(0),
    l: acts.release,
    b: acts.giveBack,
    x: acts.close,
    "?": acts.help,
  };

  function find(event: KeyboardEvent): (() => void) | undefined {
    if (document.querySelector("dialog[open]") || event.isComposing || event.ctrlKey || event.metaKey) return;
    // By the key's place, not its character: Shift 1 is `!` on one keyboard and something else on another.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const inField = writing(event.target);
    if (digit && (event.altKey || !inField)) {
      const index = Number(digit) - 1;
      return event.shiftKey ? () => acts.edit(index) : () => acts.send(index);
    }
    if (event.altKey) return;
    if (event.key === "Escape") return acts.leaveField;
    if (inField) return;
    if (event.key === "Enter") return pressable(event.target) ? undefined : acts.claim;
    return plain[event.key];
  }

  return (event) => {
    const act = find(event);
    if (!act || (event.repeat && !/^(j|k|Arrow)/.test(event.key))) return;
    event.preventDefault();
    act();
  };
}
