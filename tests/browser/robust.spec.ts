// When things are not as they should be: old links, slow and failing answers, no script.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, ready, REFUSED, test } from "./atlas";
import { linesOf } from "./spoken";

test("an outdated link degrades with a notice", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  await page.goto("/?indicator=gone&period=1066&areas=E00000000&k=99&palette=none&utm_source=mail");
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  await page.locator(".notices").getByRole("button", { name: /more/ }).click();
  for (const said of [/“gone”/, /1066/, /E00000000/, /“k”/, /“palette”/]) {
    await expect(page.getByText(said).first()).toBeVisible();
  }
});

test("whatever a link asks for, the page shows something and says what it left out @desk", async ({
  page,
  api,
  complaints,
}) => {
  // Many pages.
  test.slow();
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const many = `${areas[0].code}*${"A".repeat(12_000)}`;
  const cases: [string, RegExp][] = [
    ["within=lad11:E99999999", /E99999999/],
    ["within=moon:E99999999", /moon/],
    ["geography=moon", /“moon”/],
    ["areas=lad11:E99999999,lad11:E08000035", /E99999999/],
    ["areas=moon:1", /moon/],
    [`areas=${many}`, /at most 12,000/],
    ["at=100,10,5", /outside this atlas/],
    ["at=x", /“at”/],
    ["layers=moon", /“moon”/],
    ["edition=0123456789abcdef", /0123456789abcdef is not held/],
    ["edition=x", /“edition”/],
    ["lock=moon", /“lock”/],
    [`period=${"9".repeat(5000)}`, /“period”/],
    ["indicator=crime&indicator=robbery", /more than once/],
    ["lang=xx", /“lang”/],
    ["INDICATOR=crime", /“INDICATOR”/],
    ["second=zz", /“second”/],
    ["from=zz", /“from”/],
    ["smooth=sideways", /“smooth”/],
  ];
  for (const root of ["/", "/embed"]) {
    for (const [query, said] of cases) {
      await page.goto(`${root}?${query}`);
      await expect(page.locator(".legend li").first(), query).toBeVisible();
      await expect(page.getByRole("status").getByText(said).first(), query).toBeVisible();
      await expect(page.getByRole("alert"), query).toHaveCount(0);
    }
  }
  complaints.provoke(REFUSED);
});

test("a slow answer never paints over a newer choice @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const catalog = await api(`${edition}/catalog`);
  const [slow, quick] = catalog.indicators.filter(
    (item: any) => item.id !== view.indicator && item.periods[view.geography],
  );
  const wanted = await api(`${edition}/classes/${view.geography}/${quick.id}`);
  await page.route(new RegExp(`/classes/[^/]+/${slow.id}(\\?|$)`), async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue().catch(() => {});
  });
  await page.goto("/");
  await ready(page);
  const choose = async (name: string) => {
    await page.getByRole("button", { name: /^Indicator:/ }).click();
    await page.getByRole("searchbox", { name: /Find an indicator/ }).fill(name);
    await page.getByRole("dialog").getByRole("button", { name }).first().click();
  };
  await choose(slow.name);
  await choose(quick.name);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(wanted.sentence);
  await page.waitForTimeout(2000);
  await expect(heading).toHaveText(wanted.sentence);
});

test("a refusal is told in the server's words, and can be tried again @desk", async ({
  page,
  complaints,
}) => {
  let refuse = true;
  await page.route(/\/classes\//, (route) =>
    refuse
      ? route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          body: JSON.stringify({
            title: "Busy",
            status: 503,
            detail: "The atlas is being published.",
          }),
        })
      : route.continue(),
  );
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("The atlas is being published.");
  refuse = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  complaints.provoke(REFUSED);
});

test("where the first figures do not come it is said what still works, and it does @desk", async ({ page, api, complaints }) => {
  const { view } = await api("atlas");
  await page.route(new RegExp(`/classes/[^/]+/${view.indicator}(\\?|$)`), (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ title: "Busy", status: 503, detail: "The atlas is being published." }),
    }),
  );
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("Another indicator, period or place can still be chosen.");
  await page.getByRole("button", { name: "Next indicator" }).click();
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  complaints.provoke(REFUSED);
});

test("what did not come is named, and the page goes on from what is shown @desk", async ({ page, api, complaints }) => {
  const { edition, view } = await api("atlas");
  const { geographies } = await api(`${edition}/catalog`);
  const nameOf = (id: string) => {
    const { plural } = geographies.find((item: any) => item.id === id);
    return plural[0].toUpperCase() + plural.slice(1);
  };
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const address = `/?areas=${areas[7].code}`;
  await page.goto(address);
  await ready(page);
  await expect(page.locator(".comparison")).toBeVisible();
  await page.context().setOffline(true);
  await page.getByLabel("Areas shown").selectOption("lad11");
  const alert = page.getByRole("alert").filter({ hasText: "could not be shown" });
  await expect(alert).toContainText(`${nameOf("lad11")} could not be shown`);
  await expect(alert).toContainText(`What you see is still ${nameOf(view.geography)}`);
  await expect(page.getByLabel("Areas shown")).toHaveValue(view.geography);
  await expect(page).toHaveURL(address);
  await alert.getByRole("button", { name: "Close" }).click();
  await expect(alert).toHaveCount(0);
  // What is chosen now is of the areas that are shown.
  await page.locator("#areas tbody.areas button").first().click();
  await expect(page).toHaveURL(new RegExp(`areas=${areas[7].code},[^:&]+$`));
  await expect(page.getByLabel("Areas shown")).toHaveValue(view.geography);

  await page.getByLabel("Areas shown").selectOption("lad11");
  await expect(alert).toContainText("could not be shown");
  await page.context().setOffline(false);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page).toHaveURL(/geography=lad11/);
  await expect(page.locator("#areas tbody.areas tr")).toHaveCount(5);
  await expect(alert).toHaveCount(0);
  await expect(page.getByText("Not among")).toHaveCount(0);
  complaints.provoke(REFUSED);
});

test("a part that cannot be fetched says so and is asked for again, with its style @desk", async ({ page, complaints }) => {
  await page.goto("/");
  await ready(page);
  const share = page.getByRole("button", { name: "Share", exact: true });
  await page.context().setOffline(true);
  await share.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("could not be loaded");
  await expectAccessible(page, "light");
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toContainText("could not be loaded");
  await page.context().setOffline(false);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: "Share" })).toBeVisible();
  const sheets = page.locator('link[rel="stylesheet"]');
  // Of one that did not come a browser may hold an empty sheet, whose rules it does not show.
  const rules = sheets.evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).sheet?.cssRules.length));
  for (const count of await rules) expect(count).toBeGreaterThan(0);
  complaints.provoke(REFUSED);
});

test("the map stays until other areas can be drawn @desk", async ({ page }) => {
  let pass = () => {};
  const wait = new Promise<void>((done) => {
    pass = done;
  });
  await page.route(/\/tiles\/[^/]+\/msoa11\/.*\.bin/, async (route) => {
    await wait;
    await route.continue().catch(() => {});
  });
  await page.goto("/");
  await ready(page);
  const map = page.getByRole("application");
  const canvases = page.locator(".leaflet-areas-pane canvas");
  await expect(page.locator(".map-pin")).toHaveCount(5);
  await expect(map).toHaveAttribute("aria-busy", "false");
  await page.getByLabel("Areas shown").selectOption("msoa11");
  await expect(map).toHaveAttribute("aria-busy", "true");
  // What was drawn is still there, with its own pins.
  await expect(canvases).toHaveCount(2);
  await expect(page.locator(".map-pin")).toHaveCount(5);
  pass();
  await expect(map).toHaveAttribute("aria-busy", "false");
  await expect(canvases).toHaveCount(1);
  await expect(page.locator(".map-pin")).toHaveCount(5);
});

test("the page reads well without script", async ({ browser, baseURL, api }, info) => {
  const { edition, view, title } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  const context = await browser.newContext({
    ...info.project.use,
    baseURL,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  const titles = page.getByText(title, { exact: true });
  await expect(titles.filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("table")).toBeVisible();
  await context.close();
});

test("a link with much that cannot be read leaves the map its room", async ({ page, complaints }) => {
  await page.goto(
    "/?indicator=gone&period=1066&areas=E00000000&k=99&at=x&layers=moon&lock=moon&lang=xx&smooth=sideways&edition=x",
  );
  await ready(page);
  const notices = page.locator(".notices");
  await expect(notices.locator("p")).toHaveCount(3);
  const more = notices.getByRole("button", { name: /^\d+ more$/ });
  const hidden = Number.parseInt(await more.innerText(), 10);
  expect(hidden).toBeGreaterThan(4);
  await more.click();
  await expect(notices.locator("p")).toHaveCount(3 + hidden);
  const height = page.viewportSize()?.height ?? 0;
  expect((await notices.boundingBox())?.height).toBeLessThanOrEqual(0.3 * height);
  complaints.provoke(REFUSED);
});

/** What the page shows, as far as it is a choice or follows from one: the finding, what is chosen, and the figures. */
async function screenOf(page: Page): Promise<string[]> {
  const lines = await linesOf(page.getByRole("main"));
  const rows = lines.filter((line) => line.startsWith("row "));
  const chosen = /\[(selected|checked|pressed)\]$/;
  return [
    new URL(page.url()).search,
    ...lines.filter((line) => /^heading .*\[level=1\]$|^heading "Legend/.test(line) || chosen.test(line)),
    // Of what is selected: how many areas, and how many people.
    ...lines.filter((line) => /^status: \d/.test(line)),
    ...rows.slice(0, 6),
  ];
}

/** Answers the screen as soon as the page is at rest: it waits for no answer, and shows what it showed a moment ago. */
function atRest(page: Page): () => Promise<string[]> {
  let asked = 0;
  page.on("request", () => {
    asked += 1;
  });
  for (const end of ["requestfinished", "requestfailed"] as const) {
    page.on(end as "requestfinished", () => {
      asked -= 1;
    });
  }
  return async () => {
    let before: string[] = [];
    await expect(async () => {
      const [wasAsked, was] = [asked, before.join("\n")];
      before = await screenOf(page);
      expect(wasAsked + asked).toBe(0);
      expect(before.join("\n")).toBe(was);
    }).toPass({ intervals: [200], timeout: 15_000 });
    return before;
  };
}

test("Back goes through all choices of a session one by one, Forward too, and each can be opened anew @desk", async ({
  page,
}) => {
  // Many choices.
  test.slow();
  const listed = page.locator("#areas tbody.areas button");
  const choices: [string, () => Promise<unknown>][] = [
    ["an indicator", () => page.keyboard.press("]")],
    ["a period", () => page.getByRole("radio", { name: "July 2017" }).check({ force: true })],
    ["an area", () => listed.nth(0).click()],
    ["another", () => listed.nth(3).click()],
    ["a place", () => page.getByLabel("Only those in").selectOption({ label: "Leeds" })],
    ["an order", () => page.getByLabel("Order").selectOption({ label: "Lowest first" })],
    ["a panel", () => page.getByRole("tab", { name: "Trend" }).click()],
    ["the first panel", () => page.getByRole("tab", { name: "Areas" }).click()],
    ["what is held against", () => page.getByLabel("Show as").selectOption({ label: "Better or worse than…" })],
    ["hotspots", () => page.getByLabel("Show as").selectOption({ label: "Hotspots" })],
    ["values again", () => page.getByLabel("Show as").selectOption({ label: "Map" })],
    ["nothing selected", () => page.getByRole("button", { name: "Clear the selection" }).click()],
    ["larger areas", () => page.getByLabel("Areas shown").selectOption("msoa11")],
    ["other colours", () => page.getByRole("button", { name: "Use dark colours" }).click()],
  ];
  const settled = atRest(page);
  await page.goto("/");
  await ready(page);
  const screens = [await settled()];
  const visited = [page.url()];
  for (const [what, choose] of choices) {
    await choose();
    await expect(page, what).not.toHaveURL(visited.at(-1) ?? "");
    screens.push(await settled());
    visited.push(page.url());
  }
  for (const [i, address] of [...visited.entries()].reverse().slice(1)) {
    await page.goBack();
    await expect(page).toHaveURL(address);
    await expect.poll(settled, choices[i]?.[0]).toEqual(screens[i]);
  }
  for (const address of visited.slice(1)) {
    await page.goForward();
    await expect(page).toHaveURL(address);
  }
  expect(await settled()).toEqual(screens.at(-1));
  for (const i of [4, 7, 9, screens.length - 1]) {
    await page.goto(visited[i] ?? "");
    await expect(page.getByRole("tabpanel").getByRole("heading").first()).toBeVisible();
    await expect.poll(settled, visited[i]).toEqual(screens[i]);
  }
});
