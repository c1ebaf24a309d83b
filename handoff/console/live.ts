/** The server's word that something changed. It reconnects by itself; every open is a reason to read everything again. */

export type Connection = "connecting" | "open" | "lost";

export interface News {
  type: "changed" | "typing";
  what: string;
  who?: string;
}

export interface Listener {
  heard(news: News): void;
  connection(state: Connection): void;
  signedOut(): void;
}

const SIGNED_OUT = 4401;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

export class Live {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private watched: string[] = [];
  private stopped = false;
  private readonly hurry = () => this.reconnectNow();

  constructor(private readonly listener: Listener) {
    addEventListener("online", this.hurry);
    this.connect();
  }

  /** Hear of these conversations too. */
  watch(conversations: string[]): void {
    const sorted = [...conversations].sort();
    if (sorted.join() === this.watched.join()) return;
    this.watched = sorted;
    this.sendWatched();
  }

  stop(): void {
    this.stopped = true;
    removeEventListener("online", this.hurry);
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/console/api/live`);
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.sendWatched();
      this.listener.connection("open");
    };
    socket.onmessage = (event) => this.listener.heard(JSON.parse(String(event.data)) as News);
    socket.onclose = (event) => this.lost(event.code);
  }

  private lost(code: number): void {
    if (this.stopped) return;
    if (code === SIGNED_OUT) {
      this.listener.signedOut();
      return;
    }
    this.listener.connection("lost");
    const wait = Math.min(FIRST_WAIT * 2 ** this.failures++, LONGEST_WAIT);
    this.timer = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  private reconnectNow(): void {
    if (this.stopped || this.socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.timer);
    this.connect();
  }

  private sendWatched(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify({ type: "watch", conversations: this.watched }));
  }
}
