/** Numbers, times and languages as people read them. */
const whole = new Intl.NumberFormat("en");
const shares = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dateAndTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export function count(number: number): string {
  return whole.format(number);
}

/** `61 %`, with a space that does not break; what is not quite nothing does not look like it. */
export function percent(share: number | null): string {
  if (share !== null && share > 0 && share < 0.005) return "under 1\u00a0%";
  return share === null ? "–" : shares.format(share).replace("%", "\u00a0%");
}

/** `9 Nov`: weeks are those of UTC, as in the ledger. */
export function day(at: number): string {
  return date.format(at);
}

export function time(at: number): string {
  return dateAndTime.format(at);
}

const languages = new Intl.DisplayNames("en", { type: "language" });

export function languageName(tag: string): string {
  return languages.of(tag) ?? tag;
}

/** `1 answer`, `1,200 answers`. */
export function times(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
