// Where the keyboard goes on when what it was at is gone.

/** To the map, from whose areas the arrow keys go on. The page stays where it is. */
export function focusMap(): void {
  document.querySelector<HTMLElement>(".map[role=application]")?.focus({ preventScroll: true });
}

/** To the next of several buttons of which one is about to go, else to the one before; to the map from the last. */
export function focusNext(gone: HTMLElement, all: Iterable<HTMLElement>): void {
  const buttons = [...all];
  const at = buttons.indexOf(gone);
  const next = buttons[at + 1] ?? buttons[at - 1];
  if (next) next.focus();
  else focusMap();
}
