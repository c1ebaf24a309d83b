/** One socket to the server, kept up: says hello, reconnects with growing, jittered pauses. */
import type { FromServer, Hello, ToServer } from "./protocol";

export type Link = "connecting" | "online" | "offline";

const FIRST_PAUSE = 800; // milliseconds, doubled up to:
const LONGEST_PAUSE = 30_000;
const PATIENCE = 12_000; // for a welcome, before the socket counts as dead

export class Connection {
  link: Link = "connecting";
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer = 0;
  private wanted = false;

  constructor(
    private readonly url: string,
    private readonly hello: () => Hello,
    private readonly onFrame: (frame: FromServer) => void,
    private readonly onLink: () => void,
  ) {
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.restart());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    // A page with an open socket cannot be kept for the back button.
    addEventListener("pagehide", () => this.drop());
    addEventListener("pageshow", (event) => event.persisted && this.wanted && this.connect());
  }

  /** Connects, unless it has. */
  open(): void {
    this.wanted = true;
    if (!this.socket && !this.timer) this.connect();
  }

  /** Whether the frame left; it has arrived only once it is acknowledged. */
  send(frame: ToServer): boolean {
    if (this.link !== "online" || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Connects now instead of after the pause. */
  hurry(): void {
    if (this.wanted && !this.socket) this.connect();
  }

  /** Drops the socket and connects anew: another customer, or a socket that no longer answers. */
  restart(): void {
    if (!this.wanted) return;
    this.drop();
    this.connect();
  }

  private connect(): void {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.timer = window.setTimeout(() => this.lost(socket), PATIENCE);
    socket.onopen = () => socket.send(JSON.stringify(this.hello()));
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      const frame = JSON.parse(event.data as string) as FromServer;
      if (frame.type === "welcome") {
        clearTimeout(this.timer);
        this.timer = 0;
        this.failures = 0;
        this.become("online");
      }
      this.onFrame(frame);
    };
    socket.onclose = () => this.lost(socket);
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.drop();
    this.become("offline");
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures++);
    this.timer = window.setTimeout(() => this.connect(), pause * (0.5 + Math.random() / 2));
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private become(link: Link): void {
    this.link = link;
    this.onLink();
  }
}
