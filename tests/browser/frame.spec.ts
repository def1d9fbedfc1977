// What stands around the map: whose atlas it is, where the data are from, how many areas are shown.

import { expect, expectAccessible, movePanels, openChoices, ready, test } from "./atlas";

test.use({ atlas: "invented" });

test("the source is the indicator's own, with the atlas's and the date of the edition", async ({
  page,
}) => {
  await page.goto("/");
  await ready(page);
  // On a phone it stands at the end of the panels.
  await movePanels(page, "up");
  const foot = page.locator("footer");
  await expect(foot).toContainText("Late pupils: The register of lateness.");
  const ofAtlas = foot.getByRole("paragraph").filter({ hasText: "Boundaries: nobody" });
  await expect(ofAtlas).toBeVisible();
  await expect(foot).toContainText(/Edition of \d+ \w+ \d{4}/);
  const listed = foot.getByRole("listitem").filter({ hasText: "Boundaries: nobody." });
  await expect(listed).toBeHidden();
  await foot.getByText("About the data").click();
  await expect(listed).toBeVisible();
  await expectAccessible(page, "light");
});

test("the title stands on every screen", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const titles = page.getByText("Atlas of Invented County", { exact: true });
  await expect(titles.filter({ visible: true })).toHaveCount(1);
});

test("periods are called as the server calls them @desk", async ({ page, api }) => {
  const { edition } = await api("atlas");
  const { period_names } = await api(`${edition}/catalog`);
  expect(period_names["2019-07"]).toBe("July 2019");
  await page.goto("/");
  await ready(page);
  await openChoices(page);
  await expect(page.getByRole("radiogroup", { name: "Period" })).toContainText(
    period_names["2019-07"],
  );
});

test("limited to a district, the areas of the district are counted", async ({ page }) => {
  await page.goto("/?within=district:W");
  await ready(page);
  await openChoices(page);
  const shown = page.getByLabel("Areas shown").locator("option");
  await expect(shown.first()).toHaveText("Area (18)");
  // How many of the others lie there is not known, and not claimed.
  await expect(shown.nth(1)).toHaveText("District");
});

test("a name never lies under a control", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const overlaps = async () =>
    page.evaluate(() => {
      const boxes = (selector: string) =>
        [...document.querySelectorAll<HTMLElement>(selector)]
          .filter((element) => getComputedStyle(element).visibility === "visible")
          .map((element) => element.getBoundingClientRect());
      const controls = boxes(".leaflet-control-scale, .map-frame .box");
      return boxes(".map-name span").filter((name) =>
        controls.some(
          (box) =>
            name.left < box.right &&
            name.right > box.left &&
            name.top < box.bottom &&
            name.bottom > box.top,
        ),
      ).length;
    });
  // The map is moved so that a name comes to where the scale is.
  const box = await page.getByRole("application").boundingBox();
  const scale = await page.locator(".leaflet-control-scale").boundingBox();
  const name = await page.locator(".map-name span").first().boundingBox();
  if (!box || !scale || !name) throw new Error("the map is not on screen");
  expect(await overlaps()).toBe(0);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(
    box.x + box.width / 2 + (scale.x - name.x),
    box.y + box.height / 2 + (scale.y - name.y),
    { steps: 4 },
  );
  await page.mouse.up();
  await page.waitForTimeout(300);
  expect(await overlaps()).toBe(0);
});

test("numbers and names of what lies at the edge of the map stay on it", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await expect(page.locator(".map-pin")).not.toHaveCount(0);
  const cut = () =>
    page.evaluate(() => {
      const map = document.querySelector('[role="application"]')?.getBoundingClientRect();
      const isSeen = (element: HTMLElement) => getComputedStyle(element).visibility === "visible";
      return [...document.querySelectorAll<HTMLElement>(".map-pin span, .map-name span")]
        .filter(isSeen)
        .filter((element) => {
          const box = element.getBoundingClientRect();
          const isApart = !map || box.right < map.left || box.left > map.right;
          return !isApart && (box.left < map.left || box.right > map.right);
        })
        .map((element) => element.textContent);
    });
  const map = await page.getByRole("application").boundingBox();
  if (!map) throw new Error("the map is not on screen");
  const middle = { x: map.x + map.width / 2, y: map.y + map.height * 0.7 };
  for (const selector of [".map-pin span", ".map-name span"]) {
    for (const side of ["right", "left"] as const) {
      const box = await page.locator(selector).first().boundingBox();
      if (!box) throw new Error("it is not on screen");
      const edge = side === "right" ? map.x + map.width - 4 : map.x + 4;
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.down();
      await page.mouse.move(middle.x + edge - (box.x + box.width / 2), middle.y, { steps: 4 });
      await page.mouse.up();
      await expect.poll(cut).toEqual([]);
    }
  }
});
