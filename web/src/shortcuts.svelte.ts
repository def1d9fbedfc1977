// Single keys that work anywhere on the page. They can be turned off (WCAG 2.1.4), because speech
// input types letters that nobody meant as a command.

const KEPT_AS = "tessera.single-keys";

export type Shortcut = "find" | "previous" | "next" | "clear" | "keys";

class Shortcuts {
  on = $state(localStorage.getItem(KEPT_AS) !== "off");

  set(on: boolean): void {
    this.on = on;
    if (on) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, "off");
  }
}

export const shortcuts = new Shortcuts();

/** What a person types into: boxes to tick and buttons of a choice keep the focus, but no letters. */
const TYPED_INTO =
  "textarea, dialog, input:not([type=radio], [type=checkbox], [type=range], [type=color])";

/** What a key stands for, if it was not meant for a field, a dialog or the browser. */
export function shortcutOf(event: KeyboardEvent, singleKeys: boolean): Shortcut | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPED_INTO)) return null;
  // A list that is open closes with it.
  if (event.key === "Escape") return target?.closest("select") ? null : "clear";
  if (!singleKeys) return null;
  switch (event.key) {
    case "/":
      return "find";
    case "[":
      return "previous";
    case "]":
      return "next";
    case "?":
      return "keys";
    default:
      return null;
  }
}
