// On a phone the panels are a sheet over the foot of the map, where there is room (styles/sheet.css). Where the page scrolls
// instead, the card, and what opens to select by, are sheets over the foot of the window. What has the focus must not lie
// under one, and nor may the end of the page.

import { MediaQuery } from "svelte/reactivity";

/** Whether the page is one screen, with the panels a sheet over its foot. */
export const oneScreen = new MediaQuery(
  "screen and (max-width: 719px) and (min-height: 560px) and (scripting: enabled)",
);

/** How much of the window each sheet covers, in pixels. */
const covering = new Map<HTMLElement, number>();

/** An attachment for a sheet: `--sheet` is how much of the window all of them cover. */
export function aboveSheet(sheet: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    const covered = getComputedStyle(sheet).position === "fixed" ? sheet.offsetHeight : 0;
    covering.set(sheet, covered);
    tell();
    // A row of the list that the keyboard has come to brings the card up, and would be covered by it.
    const { activeElement } = document;
    if (covered > 0 && activeElement?.matches(".side :focus-visible"))
      activeElement.scrollIntoView({ block: "nearest" });
  });
  observer.observe(sheet);
  return () => {
    observer.disconnect();
    covering.delete(sheet);
    tell();
  };
}

/** They lie on each other. */
function tell(): void {
  document.documentElement.style.setProperty("--sheet", `${Math.max(0, ...covering.values())}px`);
}
