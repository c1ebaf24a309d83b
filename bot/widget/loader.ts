/**
 * widget.js: draws the launcher on the host page and fetches the app when it is wanted.
 *
 * It runs on pages of other people: a shadow root keeps styles apart, a constructed style sheet needs no permission
 * for inline styles, and nothing global but `window.frontdesk` is touched.
 */
import type { App, Frontdesk, Host, Mount } from "./host";
import { keptOf, openOf } from "./keep";
import { labels, primary, spoken } from "./labels";
import css from "./launcher.css?inline";

const SPEECH = "M12 3.5c-5 0-9 3.3-9 7.5 0 2.3 1.2 4.3 3.1 5.7L5.5 20.5l4.1-2.1c.8.1 1.6.2 2.4.2 5 0 9-3.3 9-7.6s-4-7.5-9-7.5z";
const DOWN = "M6 9.5l6 6 6-6";

/** Built by hand, because a host page may forbid innerHTML. */
function icon(): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, shape] of [["chat", SPEECH], ["down", DOWN]] as const) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg as SVGElement;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): typeof rules;
}

function load(script: HTMLScriptElement): void {
  const { language: wanted, identity, position, color, open } = script.dataset;
  const origin = new URL(script.src).origin;
  const language = wanted || document.documentElement.lang || navigator.language || "en";
  const [openLabel, closeLabel, unreadLabel] = labels[spoken(language)]!;

  const element = document.createElement("div");
  element.id = "frontdesk";
  if (position === "left") element.className = "left";
  const root = element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const launcher = document.createElement("button");
  launcher.className = "launcher";
  launcher.type = "button";
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.lang = spoken(language);
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  launcher.append(icon(), badge);
  root.append(launcher);
  document.body.append(element);
  if (color) paint(element, color);

  let isOpen = false;
  let unread = 0;
  const label = () => {
    const text = isOpen ? closeLabel : unread ? `${openLabel}. ${unreadLabel} ${unread}` : openLabel;
    launcher.setAttribute("aria-label", text);
    launcher.setAttribute("aria-expanded", String(isOpen));
    launcher.classList.toggle("open", isOpen);
    badge.hidden = !unread || isOpen;
    badge.textContent = unread > 99 ? "99+" : unread ? String(unread) : "";
  };

  const host: Host = {
    origin,
    root,
    launcher,
    language: primary(language),
    identity: identity || null,
    showUnread(count) {
      unread = count;
      label();
    },
    showOpen(open) {
      isOpen = open;
      label();
    },
  };

  let app: App | undefined;
  let fetching = false;
  const waiting: ((app: App) => void)[] = [];
  const withApp = (act: (app: App) => void) => {
    if (app) return act(app);
    waiting.push(act);
    if (fetching) return;
    fetching = true;
    const tag = document.createElement("script");
    tag.src = trusted(new URL("widget-app.js", script.src).href);
    tag.nonce = script.nonce;
    tag.onerror = () => {
      fetching = false;
      waiting.length = 0;
      tag.remove();
    };
    document.head.append(tag);
  };

  const frontdesk: Frontdesk = {
    open: () => withApp((app) => app.open()),
    close: () => app?.close(),
    setIdentity(identity) {
      host.identity = identity;
      app?.setIdentity(identity);
    },
    attach(mount: Mount) {
      delete frontdesk.attach;
      app = mount(host);
      for (const act of waiting.splice(0)) act(app);
    },
  };
  window.frontdesk = frontdesk;

  launcher.onclick = () => (isOpen ? frontdesk.close() : frontdesk.open());
  label();

  // A phone shows the chat on the whole screen: there it does not follow the customer from page to page.
  const follows = openOf(origin).get().open && innerWidth > 480;
  if (follows || (open !== undefined && open !== "false")) withApp((app) => app.open(true));
  else if (keptOf(origin).get().conversation) withApp(() => {});
}

/** Where a host page asks for Trusted Types, our own script's address is one (policy `frontdesk`). */
function trusted(address: string): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy("frontdesk", { createScriptURL: (same) => same }).createScriptURL(address) ?? address;
}

/** Takes the host's colour, with whichever of black and white is readable on it (at least 4.5 to 1). */
function paint(element: HTMLElement, color: string): void {
  element.style.color = color;
  const channels = getComputedStyle(element).color.match(/^rgba?\((\d+), (\d+), (\d+)/);
  element.style.color = "";
  if (!channels || !CSS.supports("color", color)) return;
  const [red, green, blue] = channels.slice(1).map((channel) => {
    const part = Number(channel) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  element.style.setProperty("--fd-accent", color);
  element.style.setProperty("--fd-on-accent", luminance > 0.179 ? "#000" : "#fff");
}

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
if (script && !window.frontdesk) {
  if (document.body) load(script);
  else addEventListener("DOMContentLoaded", () => load(script));
}
