import "./styles/tokens.css";
import "./styles/contrast.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import "./styles/double.css";
import "./styles/sheet.css";
import "./styles/print.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { applyTheme } from "./theme";
import { currentView } from "./view";
import { readDelivery, written } from "./written";

applyTheme(currentView().view.theme);
readDelivery();

// The page as the server wrote it gives way in one step to the one that runs, so that nothing jumps.
const page = document.getElementById("page");
if (page) {
  const props = { written: written() };
  page.replaceChildren();
  mount(App, { target: page, props });
}
