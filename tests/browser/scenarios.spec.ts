// What people come for, on the demo and by the keyboard alone; county.spec.ts has the same with a county's own figures.

import { expect, figure, test } from "./atlas";
import { keyboard } from "./hands";
import * as walks from "./walks";

test("the worst class, and how much of it lies in a district @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const of = `${edition}/classes/${view.geography}/${view.indicator}`;
  const classes = await api(`${of}?still=true`);
  const { areas } = await api(`${edition}/areas/lad11`);
  const people = `${figure(classes.people[0].values[0], 0)} residents`;
  const within = await Promise.all(
    areas.slice(0, 2).map(async ({ code, name }: any) => ({
      name,
      finding: (await api(`${of}?within=lad11:${code}`)).sentence,
    })),
  );
  const [from, to] = classes.breaks.map((value: number) => figure(value, 1));
  const amounts = `${figure(classes.counts[0], 0)} areas · ${people}`;
  await walks.worstClass(page, keyboard(page), {
    bar: `${from} to ${to} · ${amounts}`,
    chip: amounts,
    spread: areas.slice(0, 2).map(({ name }: any) => `${name} `),
    within,
  });
});

test("districts in their order @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/lad11`);
  const { rank } = await api(`${edition}/classes/lad11/${view.indicator}`);
  const { periods } = await api(`${edition}/values/lad11/${view.indicator}`);
  const districts = areas
    .map(({ name }: any, i: number) => ({ name, rank: rank.values[i], value: periods[view.period].values[i] }))
    .sort((a: any, b: any) => a.rank - b.rank)
    .map(({ name, value }: any) => ({ name, value: figure(value, 1) }));
  await walks.larger(page, keyboard(page), view.indicator, "District (5)", districts);
});

test("equal steps that leave nearly all areas in one class @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { indicators } = await api(`${edition}/catalog`);
  for (const { id, methods } of indicators.filter((item: any) => item.periods[view.geography])) {
    if (!methods.includes("equal")) continue;
    const of = `${edition}/classes/${view.geography}/${id}`;
    const equal = await api(`${of}?method=equal&still=true`);
    if (!/are in one class/.test(equal.note ?? "")) continue;
    const { counts } = await api(`${of}?method=quantile&still=true`);
    return walks.skewed(page, keyboard(page), id, { equal: equal.counts, note: equal.note, quantile: counts });
  }
  throw new Error("no indicator of the demo is skewed");
});

test("a neighbour is spoken, and the table says the same @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}?q=leeds`);
  const line = await walks.spoken(page, areas[0].code, areas[0].name);
  const [, name, value, rank] = /^(.+?): ([\d.]+).*?; (.+) of 1,388 in West Yorkshire; class \d of 5, .+$/.exec(line) ?? [];
  expect(rank, line).toBeTruthy();
  await page.goto("/table");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(row).toContainText(value ?? "–");
});

test("the digits of the table as CSV @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const { rank } = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  const { periods } = await api(`${edition}/values/${view.geography}/${view.indicator}`);
  const worst = rank.values.indexOf(1);
  const value = periods[view.period].values[worst];
  const { code, name } = areas[worst];
  await walks.exactFigures(page, keyboard(page), "/", { code, name, value: figure(value, 1), exact: String(value) });
});

test("areas by two conditions @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const filter = "crime>=40 and residents>1500";
  const of = `${edition}/areas/${view.geography}?fields=code&filter=${encodeURIComponent(filter)}`;
  await walks.filtered(page, keyboard(page), filter, [(await api(of)).sentence]);
});

test("hotspots, with their evidence @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const found = await api(`${edition}/hotspots/${view.geography}/${view.indicator}`);
  const { groups } = found.kinds_by === "normal" ? found.by_normal : found;
  const at = (code: string) => areas.findIndex((area: any) => area.code === code);
  await walks.hotspots(page, keyboard(page), view.indicator, {
    peaks: groups.map(({ peak, areas: members }: any) => ({
      name: areas[at(peak)].name,
      others: members.length - 1,
      evidence: `Gi* ${figure(found.statistic[at(peak)], 2)}`,
    })),
    highest: found.highest.slice(0, 3).map((code: string) => areas[at(code)].name),
  });
});

test("an area far above the others, by its link @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const { rank } = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  const { code, name } = areas[rank.values.indexOf(1)];
  const { indicators } = await api(`${edition}/compare?areas=${view.geography}:${code}&indicators=${view.indicator}`);
  const [area] = indicators[0].areas;
  const { value } = area.against.find(({ against }: any) => against === "overall");
  await walks.linked(page, `/?areas=${code}`, [
    `heading "${name}" [level=2]`,
    `paragraph: ${figure(area.value, 1)} per 1,000 residents`,
    "Highest of 1,388 in West Yorkshire",
    "term: West Yorkshire",
    `definition: ${figure(value, 1)}`,
  ]);
});

test.describe("where there are postcodes and sets that add up", () => {
  test.use({ atlas: "invented" });

  test("one's own area by its postcode @keys", async ({ page, api }) => {
    const { edition } = await api("atlas");
    const { indicators } = await api(`${edition}/compare?areas=area:A15&indicators=late`);
    const [{ value, rank }] = indicators[0].areas;
    await walks.postcode(page, keyboard(page), "ab11aa", [
      'heading "Area A15" [level=2]',
      "paragraph: Westing",
      `paragraph: ${figure(value, 1)}`,
      capitalised(rank.words),
    ]);
  });

  test("a postcode elsewhere is no error @keys", async ({ page, api }) => {
    const { edition } = await api("atlas");
    const { sentence } = await api(`${edition}/locate?postcode=ZZ9+9ZZ`);
    await walks.elsewhere(page, keyboard(page), "ZZ9 9ZZ", sentence.replace(/\.$/, ""));
  });

  test("the postcode's question without script @keys", async ({ browser, baseURL, api }, info) => {
    const { edition } = await api("atlas");
    const { indicators } = await api(`${edition}/compare?areas=area:A15&indicators=late`);
    const [{ value, rank }] = indicators[0].areas;
    const context = await browser.newContext({ ...info.project.use, ...(baseURL && { baseURL }), javaScriptEnabled: false });
    const page = await context.newPage();
    await walks.withoutScript(page, keyboard(page), "ab1 1aa", ['heading "Area A15', figure(value, 1), rank.words.split(" ")[0]]);
    await context.close();
  });

  test("several areas as one, and what is refused of them @keys", async ({ page, api }) => {
    const { edition } = await api("atlas");
    const codes = ["A01", "A02", "A03"];
    const set = `set=Partnership~area:${codes.join(",")}`;
    const held = await api(`${edition}/compare?areas=area:A01&indicators=late,settlement&${set}`);
    const [late, settlement] = held.indicators;
    const district = late.areas[0].against.find(({ against }: any) => against === "parent");
    const people = figure(held.people[0].sets[0], 0);
    await walks.partnership(
      page,
      keyboard(page),
      "Partnership",
      codes.map((code) => ({ code, name: `Area ${code}` })),
      [
        {
          indicator: "Pupils who arrive late",
          row: [`${people} people`, figure(late.sets[0].value, 1)],
          beside: [`row "${district.name} ${figure(district.value, 1)}`],
        },
        { indicator: "Kind of settlement", row: [settlement.sets[0].reason], beside: [] },
      ],
    );
  });
});

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
