import "../styles/tokens.css";
import "../styles/contrast.css";
import "../styles/base.css";
import "../styles/controls.css";
import "../styles/layout.css";
import "../styles/double.css";
import "../styles/print.css";
import "./embed.css";
import { mount } from "svelte";
import { applyTheme } from "../theme";
import { currentView } from "../view";
import { readDelivery, written } from "../written";
import Embed from "./Embed.svelte";

applyTheme(currentView().view.theme);
readDelivery();

const page = document.getElementById("page");
if (page) {
  const props = { written: written() };
  page.replaceChildren();
  mount(Embed, { target: page, props });
}
