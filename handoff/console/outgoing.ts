/** A reply on its way; `failed` says why it has not arrived. */
export interface Outgoing {
  id: string;
  conversation: string;
  text: string;
  template: string;
  edited: boolean;
  failed: string;
}

/** 128 random bits; `crypto.randomUUID` is missing where the console runs without https. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
