import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { deliverFiles } from "./site";
import { applyTheme } from "./theme";
import { currentView } from "./view";

applyTheme(currentView().view.theme);

deliverFiles(document.querySelector('meta[name="tessera:delivery"][content="files"]') !== null);

// The page as the server wrote it gives way in one step to the one that runs; its finding stays
// until the first answer is here, so that nothing jumps.
const written = {
  heading: textOf("heading"),
  finding: textOf("finding"),
  attribution: textOf("attribution"),
};
const page = document.getElementById("page");
if (page) {
  page.replaceChildren();
  mount(App, { target: page, props: { written } });
}

function textOf(id: string): string {
  return document.getElementById(id)?.textContent?.trim() ?? "";
}
