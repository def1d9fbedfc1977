// Whoever uses the page: with a mouse, with a finger, or with the keyboard alone.

import { expect, type Locator, type Page } from "@playwright/test";

export interface Hand {
  /** Presses a button, follows a link, ticks a box. */
  use(target: Locator): Promise<void>;
  /** Chooses one of a list by what it is called. */
  choose(list: Locator, name: string): Promise<void>;
  /** Chooses one of a few that stand beside each other. */
  pick(radio: Locator): Promise<void>;
  /** Writes into a field, over what is there. */
  write(field: Locator, text: string): Promise<void>;
  /** Goes to the field that finds everything, and writes into it. */
  seek(field: Locator, text: string): Promise<void>;
  /** Takes what was found first. */
  take(found: Locator): Promise<void>;
}

export const mouse: Hand = {
  use: (target) => target.click(),
  choose: async (list, name) => void (await list.selectOption({ label: name })),
  pick: (radio) => radio.check({ force: true }),
  write: (field, text) => field.fill(text),
  seek: (field, text) => field.fill(text),
  take: (found) => found.click(),
};

export const finger: Hand = {
  ...mouse,
  use: (target) => target.tap(),
  pick: (radio) => radio.tap({ force: true }),
  take: (found) => found.tap(),
};

/** Nobody needs more steps than this to get through the page. */
const MOST_STEPS = 120;

export function keyboard(page: Page): Hand {
  const typeOver = async (field: Locator, text: string) => {
    await expect(field).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
  };
  return {
    use: async (target) => {
      await reach(page, target);
      const document = await page.evaluate(() => performance.timeOrigin);
      await page.keyboard.press("Enter");
      await expectFocus(page, document);
    },
    choose: async (list, name) => {
      await reach(page, list);
      const names = await list.locator("option").allInnerTexts();
      const at = () => list.evaluate((own) => (own as HTMLSelectElement).selectedIndex);
      const wanted = names.findIndex((other) => other.trim() === name);
      for (let here = await at(); here !== wanted; here = await at()) {
        await page.keyboard.press(wanted > here ? "ArrowDown" : "ArrowUp");
        await expect.poll(at).not.toBe(here);
      }
    },
    pick: async (radio) => {
      const group = radio.page().locator(`input[type=radio][name=${await radio.getAttribute("name")}]`);
      await reach(page, group.and(page.locator(":checked")));
      const count = await group.count();
      for (let step = 0; step < count && !(await radio.isChecked()); step += 1) await page.keyboard.press("ArrowRight");
      await expect(radio).toBeChecked();
    },
    write: async (field, text) => {
      await reach(page, field);
      await typeOver(field, text);
    },
    seek: async (field, text) => {
      await page.keyboard.press("/");
      await typeOver(field, text);
    },
    take: async (found) => {
      await expect(found).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Enter");
      await expect(page.locator("body")).not.toBeFocused();
    },
  };
}

/** Whoever pressed something goes on from somewhere, unless it led to another document. */
async function expectFocus(page: Page, document: number): Promise<void> {
  const isKept = (before: number) => performance.timeOrigin !== before || window.document.activeElement !== window.document.body;
  // While another document comes there is none to ask.
  const look = () => page.evaluate(isKept, document).catch(() => true);
  await expect.poll(look, "the keyboard has lost its place").toBe(true);
}

/** Goes to an element as the keyboard does, and sees at every step where it is. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const handle = await target.elementHandle();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement === wanted, handle)) return;
    await page.keyboard.press("Tab");
    expect(await focusProblem(page)).toBeNull();
  }
  throw new Error(`${target} is not reached by the Tab key`);
}

/** What is wrong with the place where the keyboard is: that nobody can see it, or that something lies over it. */
export async function focusProblem(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return null;
    const name = `${at.tagName.toLowerCase()}${at.id ? `#${at.id}` : ""} “${(at.ariaLabel ?? at.innerText ?? "").slice(0, 40)}”`;
    // The ring may belong to what stands around a field, or above a row.
    const rings = [at, at.closest("label"), at.parentElement].flatMap((element) =>
      element ? [getComputedStyle(element), getComputedStyle(element, "::after")] : [],
    );
    const isRing = (style: CSSStyleDeclaration) =>
      style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
    if (!rings.some(isRing)) return `${name} has no focus ring`;
    const { left, top, right, bottom } = at.getBoundingClientRect();
    const isOwn = (hit: Element | null) =>
      hit !== null && (at.contains(hit) || hit.closest("label")?.contains(at) === true);
    for (const x of [0.1, 0.5, 0.9]) {
      for (const y of [0.1, 0.5, 0.9]) {
        if (isOwn(document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y))) return null;
      }
    }
    return `${name} has the focus and cannot be seen`;
  });
}
