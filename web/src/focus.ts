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

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
/** A row of a long list goes by scrolling, too; the list has its own way back to it. */
const SCROLLED_AWAY = "[data-row]";

/**
 * Where a control goes that the keyboard is at, such as the button that closes a notice, the keyboard goes to what is
 * nearest: the next control of what stood around it, else the one before.
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: { control: HTMLElement; around: HTMLElement[]; all: HTMLElement[] } | null = null;
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const isOurs = target.matches(":focus-visible") && !target.matches(SCROLLED_AWAY);
    last = isOurs
      ? {
          control: target,
          around: ancestors(target),
          all: [...root.querySelectorAll<HTMLElement>(CONTROLS)],
        }
      : null;
  };
  const goOn = () => {
    if (!last || last.control.isConnected || document.activeElement !== document.body) return;
    const { control, around, all } = last;
    const at = all.indexOf(control);
    const inOrder = [...all.slice(at + 1), ...all.slice(0, at).reverse()].filter(isReachable);
    const nearest = around
      .filter((box) => box.isConnected)
      .flatMap((box) => inOrder.find((other) => box.contains(other)) ?? [])[0];
    nearest?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(goOn);
  observer.observe(root, { childList: true, subtree: true });
  root.addEventListener("focusin", remember);
  return () => {
    observer.disconnect();
    root.removeEventListener("focusin", remember);
  };
}

function ancestors(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestors(parent)] : [];
}

function isReachable(control: HTMLElement): boolean {
  return control.tabIndex >= 0 && !control.matches(":disabled") && control.checkVisibility();
}
