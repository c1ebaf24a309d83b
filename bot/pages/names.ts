/** Names for people of what became of an answer, and of channels. */
export const OUTCOMES: Record<string, string> = {
  pending: "open",
  confirmed: "helped",
  assumed: "probably helped",
  follow_up: "led to another question",
  not_helped: "did not help",
  handed_off: "handed over",
  reopened: "came up again",
  abandoned: "customer left",
  excluded: "not counted",
};

const CHANNELS: Record<string, string> = {
  web: "Website",
  rest: "REST",
  telegram: "Telegram",
  whatsapp: "WhatsApp",
  messenger: "Messenger",
  line: "LINE",
  slack: "Slack",
};

export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}
