/** The operators' page. */
import { render } from "preact";
import { Api } from "./api";
import { App } from "./app";
import "./style/base.css";
import "./style/layout.css";
import "./style/queue.css";
import "./style/thread.css";
import "./style/side.css";

const root = document.getElementById("console");
if (root) render(<App api={new Api()} />, root);
