// What people come for, on the demo and by the keyboard alone; county.spec.ts has the same with a county's own figures.

import { expect, figure, test } from "./atlas";
import { keyboard } from "./hands";
import { exactFigures, filtered, hotspots, larger, skewed, spoken, worstClass } from "./walks";

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
  await worstClass(page, keyboard(page), {
    words: [`${classes.counts[0]} areas`, people],
    chip: [`${classes.counts[0]} areas`, people],
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
    .map(({ name, value }: any) => ({ name, value: new RegExp(`^\\s*${figure(value, 1)}`) }));
  await larger(page, keyboard(page), view.indicator, "District (5)", districts);
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
    return skewed(page, keyboard(page), id, { equal: equal.counts, note: equal.note, quantile: counts });
  }
  throw new Error("no indicator of the demo is skewed");
});

test("a neighbour is spoken, and the table says the same @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}?q=leeds`);
  const line = await spoken(page, areas[0].code, areas[0].name);
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
  await exactFigures(page, keyboard(page), "/", { code, name, value: figure(value, 1), exact: String(value) });
});

test("areas by two conditions @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const filter = "crime>=40 and residents>1500";
  const of = `${edition}/areas/${view.geography}?fields=code&filter=${encodeURIComponent(filter)}`;
  await filtered(page, keyboard(page), filter, [(await api(of)).sentence]);
});

test("hotspots, with their evidence @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const found = await api(`${edition}/hotspots/${view.geography}/${view.indicator}`);
  const { groups } = found.kinds_by === "normal" ? found.by_normal : found;
  const at = (code: string) => areas.findIndex((area: any) => area.code === code);
  await hotspots(page, keyboard(page), view.indicator, {
    peaks: groups.map(({ peak, areas: members }: any) => ({
      name: areas[at(peak)].name,
      others: members.length - 1,
      evidence: `Gi* ${figure(found.statistic[at(peak)], 2)}`,
    })),
    highest: found.highest.slice(0, 3).map((code: string) => areas[at(code)].name),
  });
});
