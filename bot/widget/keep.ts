/** What the browser keeps between pages; memory where storage is forbidden. */

/** Shared by all tabs of the browser. */
export interface Kept {
  token: string | null;
  conversation: string | null;
  /** The highest sequence number that the customer has seen of the conversation. */
  read: number;
}

export const EMPTY: Kept = { token: null, conversation: null, read: 0 };

export class Keep<T extends object> {
  private memory: T;

  constructor(
    private readonly kind: "localStorage" | "sessionStorage",
    readonly key: string,
    private readonly empty: T,
  ) {
    this.memory = empty;
  }

  get(): T {
    try {
      const stored = window[this.kind].getItem(this.key);
      if (stored) this.memory = { ...this.empty, ...(JSON.parse(stored) as T) };
    } catch {
      // Storage is blocked or holds something else: memory has to do.
    }
    return this.memory;
  }

  set(change: Partial<T>): void {
    this.memory = { ...this.get(), ...change };
    try {
      window[this.kind].setItem(this.key, JSON.stringify(this.memory));
    } catch {
      // As above, or the quota is used up.
    }
  }
}

/** The token and conversation with this server. */
export const keptOf = (origin: string) => new Keep<Kept>("localStorage", `frontdesk ${origin}`, EMPTY);

/** Whether the chat is open in this tab. */
export const openOf = (origin: string) => new Keep<{ open: boolean }>("sessionStorage", `frontdesk open ${origin}`, { open: false });
