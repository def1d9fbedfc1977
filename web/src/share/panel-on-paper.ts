// The open panel on paper: as it stands on the page, without its controls, and a long table in part.

import { flushSync } from "svelte";
import { formatCount } from "../format";
import { say } from "../words";

/** What is only for hands. */
const CONTROLS = ".copy, .choice, .choices, .help, button, summary, .at[aria-live]";

/** A list on paper: longer than `most`, it is cut to `first` rows, which is said below it. */
export const ROWS = { most: 100, first: 60 };

/** A copy of the chart that the page shows beside the map; `null` where there is none. */
export function panelOnPaper(): HTMLElement | null {
  const chart = document.querySelector<HTMLElement>("#panel > .chart");
  if (!chart || chart.getAttribute("aria-busy") === "true") return null;
  const shut = [...chart.querySelectorAll("details")].filter(({ open }) => !open);
  for (const details of shut) turn(details, true);
  const copy = chart.cloneNode(true) as HTMLElement;
  for (const details of shut) turn(details, false);
  drawAgain(chart, copy);
  sayChoices(chart, copy);
  for (const name of copy.querySelectorAll("th button")) name.replaceWith(...name.childNodes);
  for (const control of copy.querySelectorAll(CONTROLS)) control.remove();
  for (const named of copy.querySelectorAll("[id]:not(clipPath)")) named.removeAttribute("id");
  for (const details of copy.querySelectorAll("details"))
    details.replaceWith(...details.childNodes);
  for (const body of copy.querySelectorAll("tbody")) cut(body);
  for (const live of [
    copy,
    ...copy.querySelectorAll("[aria-live], [aria-labelledby], [tabindex]"),
  ]) {
    for (const name of ["aria-live", "aria-labelledby", "tabindex"]) live.removeAttribute(name);
  }
  // Its drawings are as wide as the panel is.
  if (chart.querySelector("svg[role=img]")) copy.style.maxWidth = `${chart.clientWidth}px`;
  return copy;
}

/** Opens or shuts at once what has its content only when it is open. */
function turn(details: HTMLDetailsElement, open: boolean) {
  details.open = open;
  details.dispatchEvent(new Event("toggle"));
  flushSync();
}

/** What is drawn by points is not part of a copy. */
function drawAgain(chart: HTMLElement, copy: HTMLElement) {
  const drawn = [...chart.querySelectorAll("canvas")];
  copy.querySelectorAll("canvas").forEach((canvas, i) => {
    const image = new Image();
    image.src = drawn[i]?.toDataURL() ?? "";
    image.alt = "";
    image.className = canvas.className;
    image.style.cssText = canvas.style.cssText;
    canvas.replaceWith(image);
  });
}

/** A title may end in what is chosen below it. */
function sayChoices(chart: HTMLElement, copy: HTMLElement) {
  const select = chart.querySelector<HTMLSelectElement>(".choices select");
  const chosen = select?.selectedOptions[0]?.text;
  if (chosen) copy.querySelector("h2")?.append(` ${chosen}`);
}

function cut(body: HTMLTableSectionElement) {
  const rows = [...body.rows];
  if (rows.length <= ROWS.most) return;
  for (const row of rows.slice(ROWS.first)) row.remove();
  const note = document.createElement("p");
  note.className = "from";
  note.textContent = say("first-of", { n: ROWS.first, count: formatCount(rows.length) });
  body.closest("table")?.after(note);
}
