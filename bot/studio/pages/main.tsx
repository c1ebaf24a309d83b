/** The page for those who look after the templates. */
import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import { Api } from "../../pages/api";
import "../../pages/style/base.css";
import "../../pages/style/card.css";
import "../../pages/style/window.css";
import { App } from "./app";
import "./style/frame.css";
import "./style/parts.css";
import "./style/figure.css";
import "./style/plots.css";
import "./style/notices.css";
import "./style/templates.css";
import "./style/template.css";
import "./style/review.css";
import "./style/edit.css";

const root = document.getElementById("studio");
if (root) render(<App api={new Api("/studio/api")} />, root);
