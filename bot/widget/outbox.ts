/** What this tab has said and the server has not yet acknowledged. It survives a change of page. */
import { Keep } from "./keep";
import type { Lasting } from "./protocol";

export interface Item {
  frame: Lasting;
  /** Milliseconds since 1970 UTC. */
  at: number;
  /** The server refused it: it is sent again only when the customer says so. */
  refused: boolean;
}

export class Outbox {
  private readonly keep: Keep<{ items: Item[] }>;

  constructor(origin: string) {
    this.keep = new Keep("sessionStorage", `frontdesk outbox ${origin}`, { items: [] });
  }

  get items(): Item[] {
    return this.keep.get().items;
  }

  add(frame: Lasting): void {
    this.keep.set({ items: [...this.items, { frame, at: Date.now(), refused: false }] });
  }

  /** Takes out and returns the item with this id, if there is one. */
  take(id: string): Item | undefined {
    const taken = this.items.find((item) => item.frame.id === id);
    if (taken) this.keep.set({ items: this.items.filter((item) => item.frame.id !== id) });
    return taken;
  }

  refuse(id: string, refused: boolean): void {
    this.keep.set({ items: this.items.map((item) => (item.frame.id === id ? { ...item, refused } : item)) });
  }

  clear(): void {
    this.keep.set({ items: [] });
  }
}
