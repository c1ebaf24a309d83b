/** The operators' page. */
import { render } from "preact";
import { Api } from "../../bot/pages/api";
import "../../bot/pages/style/base.css";
import "../../bot/pages/style/card.css";
import "../../bot/pages/style/window.css";
import { App } from "./app";
import "./style/layout.css";
import "./style/queue.css";
import "./style/thread.css";
import "./style/side.css";

const root = document.getElementById("console");
if (root) render(<App api={new Api("/console/api")} />, root);
