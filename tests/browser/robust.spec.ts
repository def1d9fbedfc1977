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
    [`areas=${many}`, /At most 12,000/],
    ["at=100,10,5", /outside this atlas/],
    ["at=x", /“at”/],
    ["layers=moon", /“moon”/],
    ["edition=0123456789abcdef", /0123456789abcdef is not held/],
    ["edition=x", /“edition”/],
    ["lock=moon", /“lock”/],
    [`period=${"9".repeat(5000)}`, /“period”/],
    ["indicator=crime&indicator=robbery", /more than once/],
    ["lang=xx", /“lang”/],
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
  // The browser itself reports what the server refused.
  complaints.length = 0;
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
  const titles = page.getByText(title, { exact: true });
  await expect(titles.filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("table")).toBeVisible();
  await context.close();
});
