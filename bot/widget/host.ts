/** What the loader (widget.js) and the app (widget-app.js) know of each other. */

export interface Host {
  /** Where the script came from, and so where the socket is. */
  origin: string;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  /** The language of the page as the host names it, or the browser's. */
  language: string;
  /** The signed customer identity that the host page passed, if any. */
  identity: string | null;
  showUnread(count: number): void;
  showOpen(open: boolean): void;
}

export interface App {
  /** `quietly` opens without moving the focus, as after a change of page. */
  open(quietly?: boolean): void;
  close(): void;
  setIdentity(identity: string | null): void;
}

export type Mount = (host: Host) => App;

/** `window.frontdesk`: what the host page may call. `attach` is for the app alone. */
export interface Frontdesk extends Omit<App, "open"> {
  open(): void;
  attach?: (mount: Mount) => void;
}

declare global {
  interface Window {
    frontdesk?: Frontdesk;
  }
}
