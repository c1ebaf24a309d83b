import { render } from "preact";

render(<p>The operator console is on its way.</p>, document.body);
