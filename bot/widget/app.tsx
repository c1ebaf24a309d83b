/** widget-app.js: the chat itself, drawn into the loader's shadow root. */
import { render } from "preact";
import { Chat } from "./chat";
import footCss from "./foot.css?inline";
import type { App, Host } from "./host";
import { openOf } from "./keep";
import { spoken } from "./labels";
import { Panel } from "./panel";
import panelCss from "./panel.css?inline";
import { say, texts as all } from "./texts";
import threadCss from "./thread.css?inline";

function mount(host: Host): App {
  const language = spoken(host.language);
  const texts = all[language]!;
  const direction = getComputedStyle(document.documentElement).direction === "rtl" ? "rtl" : "ltr";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(panelCss + threadCss + footCss);
  host.root.adoptedStyleSheets.push(sheet);
  const place = document.createElement("div");
  const news = document.createElement("p");
  news.className = "unseen";
  news.setAttribute("role", "status");
  host.root.prepend(place, news);

  let focused = 0;
  let unread = 0;
  let drawing = false;
  const draw = () => {
    drawing = false;
    if (chat.unread !== unread) {
      news.textContent = chat.unread > unread && !chat.isOpen ? say(texts.unread, chat.unread) : "";
      unread = chat.unread;
      host.showUnread(unread);
    }
    render(<Panel {...{ chat, texts, language, direction, focused, onClose: close }} />, place);
  };
  const redraw = () => {
    if (!drawing) queueMicrotask(draw);
    drawing = true;
  };
  const chat = new Chat(host, redraw);

  const show = (open: boolean) => {
    chat.isOpen = open;
    openOf(host.origin).set({ open });
    host.showOpen(open);
    chat.markRead();
    draw();
  };
  const close = () => {
    if (!chat.isOpen) return;
    const inside = place.contains(host.root.activeElement);
    show(false);
    if (inside || !host.root.activeElement) host.launcher.focus();
  };
  draw();
  chat.connect();
  return {
    open(quietly) {
      if (!quietly) focused++;
      show(true);
    },
    close,
    setIdentity: (identity) => chat.identify(identity),
  };
}

window.frontdesk?.attach?.(mount);
