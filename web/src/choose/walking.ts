// Walking a tree of themes by keys. It is lists of buttons, which every screen reader can read in its own way; the keys are
// those of a tree: up and down through what is unfolded, right to open a branch and go into it, left to close it and go out
// of it, Home and End, and the first letters of a name.

/** Letters that follow each other this closely are one name. */
const PAUSE_MS = 700;

export class Walking {
  #typed = "";
  #at = 0;

  /** Does what a key does in the list, or in the field above it; says whether it did anything. */
  press(event: KeyboardEvent, list: HTMLElement, isSearch: boolean): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const rows = [...list.querySelectorAll<HTMLButtonElement>("button")];
    const here = rows.indexOf(event.target as HTMLButtonElement);
    if (here < 0) {
      // From the field to what is on the map, or to what was found first.
      const present = isSearch ? undefined : rows.find((row) => row.ariaCurrent === "true");
      const first = rows.find((row) => row.ariaExpanded === null);
      return event.key === "ArrowDown" && go(present ?? first ?? rows[0]);
    }
    const row = rows[here];
    const isOpen = row?.ariaExpanded;
    switch (event.key) {
      case "ArrowDown":
        return go(rows[here + 1]);
      case "ArrowUp":
        return go(rows[here - 1]);
      case "Home":
        return go(rows[0]);
      case "End":
        return go(rows.at(-1));
      case "ArrowRight":
        if (isOpen === "false") row?.click();
        else if (isOpen === "true") go(rows[here + 1]);
        return isOpen != null;
      case "ArrowLeft":
        if (isOpen === "true") row?.click();
        else go(branchAbove(row));
        return true;
      default:
        return isLetter(event) && this.#seek(event, rows, here);
    }
  }

  /** The next row that begins with what was typed. */
  #seek({ key, timeStamp }: KeyboardEvent, rows: readonly HTMLButtonElement[], here: number) {
    const goesOn = timeStamp - this.#at < PAUSE_MS;
    this.#at = timeStamp;
    this.#typed = goesOn ? this.#typed + key.toLowerCase() : key.toLowerCase();
    // The first letter goes on from here; what follows may still mean the row that was found.
    const from = this.#typed.length === 1 ? here + 1 : here;
    const inTurn = [...rows.slice(from), ...rows.slice(0, from)];
    go(inTurn.find((row) => row.textContent.trim().toLowerCase().startsWith(this.#typed)));
    return true;
  }
}

/** A space presses the row. */
function isLetter({ key, isComposing }: KeyboardEvent): boolean {
  return !isComposing && key !== " " && [...key].length === 1;
}

function branchAbove(row: Element | undefined): HTMLButtonElement | null {
  const above = row?.closest("li")?.parentElement?.closest("li");
  return above?.querySelector<HTMLButtonElement>("button[aria-expanded]") ?? null;
}

function go(row: HTMLButtonElement | null | undefined): boolean {
  row?.focus();
  return row != null;
}
