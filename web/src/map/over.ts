// What lies over the top of a map: on a phone its legend, folded (styles/sheet.css).

/** How far from the top of the map it reaches, in pixels. */
export function overTop(container: HTMLElement): number {
  const fold = Number.parseFloat(getComputedStyle(container).getPropertyValue("--fold")) || 0;
  return fold > 0 ? fold + 10 : 0;
}
