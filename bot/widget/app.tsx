import { render } from "preact";
render(<p>ok → 😀</p>, document.body);
