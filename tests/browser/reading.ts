// What must hold of every state of the page, on every screen.

import { expect, type Page } from "@playwright/test";

/** 400% zoom of a window of 1280 by 1024. */
export const ZOOMED = { width: 320, height: 256 };

/**
 * Nothing is wider than the window, and every control can be brought into it with nothing in front of it, apart from those
 * in `behind`.
 */
export async function expectWhole(page: Page, behind: string | null = null): Promise<void> {
  expect(await page.evaluate(tooWide)).toEqual([]);
  expect(await page.evaluate(outOfReach, behind)).toEqual([]);
}

/** What makes the window, or a dialog in it, scroll sideways. */
function tooWide(): string[] {
  const dialogs = [...document.querySelectorAll<HTMLElement>("dialog[open], dialog[open] > *")];
  const inside = dialogs.filter((box) => {
    const { left, right } = box.getBoundingClientRect();
    return box.scrollWidth > box.clientWidth + 1 || left < -1 || right > innerWidth + 1;
  });
  const root = document.documentElement;
  return [...(root.scrollWidth > root.clientWidth ? [root] : []), ...inside].map(
    (box) => `${box.tagName.toLowerCase()} is ${box.scrollWidth} wide in ${innerWidth}`,
  );
}

/** Controls that no scrolling brings to where they can be pressed. */
function outOfReach(behind: string | null): string[] {
  const dialog = [...document.querySelectorAll<HTMLElement>("dialog[open]")].at(-1);
  const all = (dialog ?? document).querySelectorAll<HTMLElement>(
    "a[href], button, input, select, textarea, summary, [tabindex='0'], [role='option']",
  );
  const isOffered = (control: HTMLElement) =>
    control.checkVisibility({ visibilityProperty: true }) &&
    !control.matches(":disabled, .skip, .unseen *") &&
    control.closest("[inert]") === null &&
    (behind === null || control.closest(behind) === null);
  const SHARES = [0.1, 0.5, 0.9];
  const isHit = (control: HTMLElement) => {
    const { left, top, width, height } = control.getBoundingClientRect();
    const hits = SHARES.flatMap((x) =>
      SHARES.map((y) => document.elementFromPoint(left + x * width, top + y * height)),
    );
    return hits.some((hit) => hit && (control.contains(hit) || hit.closest("label")?.contains(control)));
  };
  return [...all]
    .filter(isOffered)
    .filter((control) =>
      (["center", "start", "end"] as const).every((block) => {
        control.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
        return !isHit(control);
      }),
    )
    .map((control) => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      const box = [left, top, right, bottom].map(Math.round).join(" ");
      return `${control.tagName.toLowerCase()} “${(control.ariaLabel ?? control.innerText ?? "").trim().slice(0, 40)}” at ${box}`;
    });
}
