/** The thread as a text file, made in the browser. */
import type { Chat } from "./chat";
import type { Texts } from "./texts";

/** One message a paragraph: `[2026-01-31 14:05] Anna (Person): text`. */
export function transcript({ thread, botName }: Chat, texts: Texts): string {
  const lines = thread.entries.map(({ author, name, text, at }) => {
    const time = new Date(at);
    const local = new Date(at - time.getTimezoneOffset() * 60_000).toISOString();
    const who = {
      customer: texts.you,
      bot: `${name || botName} (${texts.bot})`,
      operator: `${name} (${texts.person})`,
      system: "*",
    }[author];
    return `[${local.slice(0, 10)} ${local.slice(11, 16)}] ${who}: ${text}`;
  });
  return lines.join("\r\n\r\n") + "\r\n";
}

export function download(text: string): void {
  const link = document.createElement("a");
  // The byte order mark tells Windows editors that this is UTF-8.
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
