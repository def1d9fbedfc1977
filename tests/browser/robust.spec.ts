// When things are not as they should be: old links, slow and failing answers, no script.

import { expect, ready, test } from "./atlas";

test("an outdated link degrades with a notice", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  await page.goto("/?indicator=gone&period=1066&areas=E00000000&k=99&utm_source=mail");
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  for (const said of [/“gone”/, /1066/, /E00000000/, /“k”/]) {
    await expect(page.getByText(said).first()).toBeVisible();
  }
});

test("a slow answer never paints over a newer choice", async ({ page, api }) => {
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

test("a refusal is told in the server's words, and can be tried again", async ({
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
  // The browser itself reports the refused request.
  complaints.length = 0;
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
  await expect(page.getByText(title, { exact: true })).toBeAttached();
  await expect(page.getByRole("table")).toBeVisible();
  await context.close();
});
