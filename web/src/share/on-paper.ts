// However a reader prints, by the button, the browser's menu or a program: what comes out is the sheet.

import { idle } from "../ahead";
import type { Page } from "../page.svelte";

/** What makes the sheet, once it has been fetched. */
let printing: typeof import("./printing") | null = null;

async function havePrinting() {
  printing ??= await import("./printing");
  return printing;
}

/** Prints the view, with the borders of its sheet at hand. */
export async function printView(page: Page): Promise<void> {
  try {
    await (await havePrinting()).haveOutlines(page);
  } catch {
    // Without borders there is no sheet; what is on the screen can be printed all the same.
  }
  window.print();
}

/** Comes to its end when there is a map, and nothing else to do. */
const mapped = () =>
  new Promise<void>((done) => {
    const observer = new PerformanceObserver((marks) => {
      if (marks.getEntriesByName("map-painted").length === 0) return;
      observer.disconnect();
      idle().then(() => done());
    });
    observer.observe({ type: "mark", buffered: true });
  });

/** The browser waits for nothing once it prints: what makes the sheet is fetched as soon as there is a map to print. */
export function sheetOnPaper(page: Page): () => void {
  let takeAway: (() => void) | null = null;
  const put = () => {
    if (!printing || takeAway || !page.picture) return;
    try {
      takeAway = printing.putSheet(page);
    } catch {
      // The page itself is printed (styles/print.css).
    }
  };
  const clear = () => {
    takeAway?.();
    takeAway = null;
  };
  mapped()
    .then(havePrinting)
    .catch(() => {});
  window.addEventListener("beforeprint", put);
  window.addEventListener("afterprint", clear);
  return () => {
    window.removeEventListener("beforeprint", put);
    window.removeEventListener("afterprint", clear);
    clear();
  };
}
