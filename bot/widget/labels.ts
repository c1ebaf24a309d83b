/** The three texts that the launcher needs before the app is loaded, and the choice of language. */

export const labels: Record<string, [open: string, close: string, unread: string]> = {
  en: ["Open chat", "Close chat", "New messages:"],
  sv: ["Öppna chatten", "Stäng chatten", "Nya meddelanden:"],
  ro: ["Deschide chatul", "Închide chatul", "Mesaje noi:"],
  th: ["เปิดแชต", "ปิดแชต", "ข้อความใหม่:"],
  ru: ["Открыть чат", "Закрыть чат", "Новых сообщений:"],
  tr: ["Sohbeti aç", "Sohbeti kapat", "Yeni mesajlar:"],
};

/** "sv" for "sv-SE" or "sv_SE". */
export const primary = (tag: string) => tag.toLowerCase().split(/[-_]/)[0] ?? "";

/** The language of the widget's own texts: the wanted one if it is among the six, else English. */
export const spoken = (wanted: string) => (primary(wanted) in labels ? primary(wanted) : "en");
