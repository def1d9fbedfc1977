// On a phone the card is a sheet over the foot of the window. What has the focus must not lie under it, and nor may the
// end of the page.

/** An attachment for the card: `--sheet` is how much of the window it covers. */
export function aboveSheet(card: HTMLElement): () => void {
  const root = document.documentElement;
  const observer = new ResizeObserver(() => {
    const covered = getComputedStyle(card).position === "fixed" ? card.offsetHeight : 0;
    root.style.setProperty("--sheet", `${covered}px`);
    // A row of the list that the keyboard has come to brings the card up, and would be covered by it.
    const { activeElement } = document;
    if (covered > 0 && activeElement?.matches(".side :focus-visible"))
      activeElement.scrollIntoView({ block: "nearest" });
  });
  observer.observe(card);
  return () => {
    observer.disconnect();
    root.style.removeProperty("--sheet");
  };
}
