// The list of areas as a table, in the order that it stands in. Fetched when it is copied or printed.

import { nameOf, parentNameOf } from "../areas";
import type { Hotspots, Indicator } from "../contract";
import { absenceWords, capitalise, formatFigure, standingUnit } from "../format";
import { orderAreas, sortableOf } from "../list";
import { evidenceOf } from "../modes/lines";
import { mapsOf } from "../modes/showing";
import { kindOf } from "../modes/words";
import type { Page } from "../page.svelte";
import type { Picture } from "../picture";
import { isCategory, isNumbered } from "../scale";
import type { Sort } from "../view";
import { say } from "../words";
import { subjectOf } from "./source";
import type { Cell, Table } from "./table";

/** The areas that are shown, in the order of the list. */
export function areasInOrder(picture: Picture, sort: Sort): readonly number[] {
  const { areas, scene } = picture;
  const { within } = scene;
  const parents = within?.geography ? areas.columns.parents[within.geography] : undefined;
  const isInside = (index: number) => parents?.[index] === within?.code;
  return orderAreas(sortableOf(picture), sort, within ? isInside : null);
}

function figureOf({ values, scene: { indicator } }: Picture, area: number): Cell {
  const value = values.values[area] ?? null;
  if (value === null) return absenceWords(values.status[area] ?? []);
  const figure = formatFigure(value, indicator);
  return isCategory(indicator.kind) ? figure : { figure };
}

/** Above figures stands their unit, and of which indicator and time they are where there are several. */
function headOf(page: Page, { scene }: Picture, isOneOfSeveral: boolean): Cell {
  const { short, unit, kind } = scene.indicator;
  const standing = standingUnit(unit);
  const name = say("subject", { indicator: short, period: page.timeOf(scene) });
  const figure = isOneOfSeveral
    ? [name, standing].filter(Boolean).join("; ")
    : capitalise(standing || short);
  return isCategory(kind) ? figure : { figure };
}

/** The ends of an area's interval; nothing where it has none. */
function endsOf(page: Page, indicator: Indicator, area: number): Cell[] {
  const interval = page.intervals.of(area);
  const ends = interval ? [interval.lower, interval.upper] : [null, null];
  return ends.map((end) => ({ figure: end === null ? "" : formatFigure(end, indicator) }));
}

/** Of hotspots, how certain each is. */
function evidenceCells(found: Hotspots, area: number): Cell[] {
  const { statistic, p } = evidenceOf(found, area) ?? { statistic: "", p: "" };
  return [{ figure: statistic }, { figure: p }];
}

function evidenceHeads({ hotspot }: Hotspots): Cell[] {
  const statistic = hotspot === "gi-star" ? say("hotspot-gi-star") : say("hotspot-local-moran");
  return [{ figure: statistic }, { figure: say("p-value") }];
}

/** Whether the values of a map are amounts, which a whole has as well. */
function isOfAmounts({ classes, scene }: Picture): boolean {
  const { kind } = scene.indicator;
  return !isCategory(kind) && !isNumbered(classes, kind);
}

/** What is larger than the atlas, the place that is shown and the whole, each with what it has on every map. */
function wholesOf(page: Page): { name: string; cells: Cell[] }[] {
  const { comparators = [], within = null } = page.picture?.scene ?? {};
  const codes = new Set([...comparators.map(({ code }) => code), within?.code ?? null, null]);
  return [...codes].flatMap((code) => {
    const items = mapsOf(page).flatMap(({ picture, beside }) => {
      const item = picture && isOfAmounts(picture) ? beside.benchmarks.get(code) : undefined;
      return picture ? [{ item, indicator: picture.scene.indicator }] : [];
    });
    const name = items.find(({ item }) => item && item.value !== null)?.item?.name;
    if (name === undefined) return [];
    const cells = items.map(({ item, indicator }) => ({
      figure: item?.value == null ? "" : formatFigure(item.value, indicator),
    }));
    return [{ name, cells }];
  });
}

/** `order`: the indices of the areas to list. Below them stand the wholes that the list holds them against. */
export function areasTable(
  page: Page,
  order: readonly number[],
): Table & { /** Whether its first column is the rank. */ isRanked: boolean } {
  const { picture, ordering } = page;
  if (!picture) return { caption: "", head: [], rows: [], isRanked: false };
  const { areas, parentAreas, classes, scene } = picture;
  const { indicator, geography, parent } = scene;
  const isRanked = !isCategory(indicator.kind) && classes.rank.n > 0;
  const pictures = mapsOf(page).flatMap((showing) => showing.picture ?? []);
  // Those of the one map: beside two columns they would be anybody's.
  const hasIntervals =
    isOfAmounts(picture) &&
    pictures.length === 1 &&
    order.some((area) => page.intervals.of(area) !== null);
  const hotspots = picture.answer?.mode === "hotspots" ? picture.answer.found : null;
  const row = (index: number): Cell[] => {
    const { first, second } = nameOf(areas, index);
    return [
      ...(isRanked ? [{ figure: String(classes.rank.values[index] ?? "") }] : []),
      second ? `${first} (${second})` : first,
      areas.columns.code[index] ?? "",
      ...(parent ? [parentNameOf(areas, parentAreas, index) ?? ""] : []),
      ...pictures.map((shown) => figureOf(shown, index)),
      ...(hasIntervals ? endsOf(page, indicator, index) : []),
      ...(ordering.indicator ? [{ figure: ordering.figure(index) }] : []),
      ...(classes.kinds ? [kindOf(picture, index) ?? ""] : []),
      ...(hotspots ? evidenceCells(hotspots, index) : []),
    ];
  };
  const head: Cell[] = [
    ...(isRanked ? [{ figure: say("rank") }] : []),
    capitalise(geography.singular),
    say("code"),
    ...(parent ? [capitalise(parent.singular)] : []),
    ...pictures.map((shown) => headOf(page, shown, pictures.length > 1)),
    ...(hasIntervals ? [{ figure: say("interval-lower") }, { figure: say("interval-upper") }] : []),
    ...(ordering.indicator ? [{ figure: ordering.indicator.short }] : []),
    ...(classes.kinds ? [say("kind")] : []),
    ...(hotspots ? evidenceHeads(hotspots) : []),
  ];
  const wholeRow = ({ name, cells }: { name: string; cells: Cell[] }): Cell[] => {
    const before = [...(isRanked ? [{ figure: "" }] : []), name, "", ...(parent ? [""] : [])];
    const row = [...before, ...cells];
    return head.map((_, i) => row[i] ?? "");
  };
  return {
    caption: subjectOf(page),
    isRanked,
    head,
    rows: [...order.map(row), ...wholesOf(page).map(wholeRow)],
  };
}

/** Those of the map, in the order that the view asks for. */
export function areasTableOfMap(page: Page): Table {
  return areasTable(page, page.picture ? areasInOrder(page.picture, page.view.sort) : []);
}
