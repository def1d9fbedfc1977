// What the one field offers for a few letters: areas, places that the map can be limited to,
// indicators, themes.

import { fold } from "../choose/find";
import type { AreaRow, Catalog, Geography } from "../contract";
import { capitalise, formatCount } from "../format";
import type { Place } from "../places/places.svelte";
import { say } from "../words";
import type { TimedIndicator } from "./timed";

type PointLayer = Pick<Catalog["points"][number], "id" | "name" | "count">;

export type Suggestion =
  | { kind: "area"; code: string; label: string; detail: string }
  /** An area of another geography, which is then shown. */
  | { kind: "elsewhere"; geography: string; code: string; label: string; detail: string }
  | { kind: "place"; geography: string; code: string; label: string; detail: string }
  /** All of the atlas. */
  | { kind: "whole"; label: string; detail: string }
  /** A layer of places, which is then switched on. */
  | { kind: "layer"; id: string; label: string; detail: string }
  /** One of a layer of places, which is then switched on. */
  | { kind: "point"; place: Place; label: string; detail: string }
  /** In the period that was named with it. */
  | { kind: "indicator"; id: string; period: string | null; label: string; detail: string }
  | { kind: "theme"; path: readonly string[]; label: string; detail: string }
  /** Something to know, not to choose. */
  | { kind: "told"; label: string; detail: string };

export interface SuggestionGroup {
  title: string;
  items: Suggestion[];
}

interface Found {
  areas: readonly AreaRow[];
  /** Whether there are further areas. */
  hasMore?: boolean;
  /** Names of the parent areas by code, to stand beside each area. */
  parentNames: ReadonlyMap<string, string>;
  parent: { id: string; singular: string } | null;
  places: readonly AreaRow[];
  /** Areas of further geographies. */
  others: readonly { geography: Geography; areas: readonly AreaRow[] }[];
  /** All of the atlas, where it is called so. */
  whole: { name: string; detail: string } | null;
  layers: readonly PointLayer[];
  indicators: readonly TimedIndicator[];
  /** What periods are called. */
  periodName: (period: string) => string;
  themes: readonly (readonly string[])[];
}

export function groupSuggestions(found: Found): SuggestionGroup[] {
  const { areas, parent, parentNames, places, others, indicators, themes, whole } = found;
  const named = ({ code, name, local_name, parents }: AreaRow) => {
    const parentName = parent ? parentNames.get(parents[parent.id] ?? "") : undefined;
    const detail = [local_name && name, parentName, code].filter(Boolean).join(" · ");
    return { code, label: local_name ?? name, detail };
  };
  const groups: SuggestionGroup[] = [
    {
      title: parent ? say("only-show-one", { area: parent.singular }) : say("places"),
      items: parent
        ? places.map((area) => ({
            kind: "place",
            geography: parent.id,
            code: area.code,
            label: area.local_name ?? area.name,
            detail: area.code,
          }))
        : [],
    },
    {
      title: say("areas"),
      items: areas.map((area): Suggestion => {
        return { kind: "area", ...named(area) };
      }),
    },
    ...others.map(({ geography, areas }) => ({
      title: capitalise(geography.distinct_plural),
      items: areas.map((area): Suggestion => {
        return { kind: "elsewhere", geography: geography.id, ...named(area) };
      }),
    })),
    {
      title: say("the-whole"),
      items: whole ? [{ kind: "whole", label: whole.name, detail: whole.detail }] : [],
    },
    {
      title: say("places-on-map"),
      items: found.layers.map(({ id, name, count }) => ({
        kind: "layer",
        id,
        label: name,
        detail: formatCount(count),
      })),
    },
    {
      title: say("indicators"),
      items: indicators.map(({ indicator, period }) => ({
        kind: "indicator",
        id: indicator.id,
        period,
        label: period
          ? say("subject", { indicator: indicator.name, period: found.periodName(period) })
          : indicator.name,
        detail: indicator.themes[0]?.join(" › ") ?? "",
      })),
    },
    {
      title: say("themes"),
      items: themes.map((path) => ({
        kind: "theme",
        path,
        label: path.at(-1) ?? "",
        detail: path.slice(0, -1).join(" › "),
      })),
    },
  ];
  if (found.hasMore)
    groups[1]?.items.push({ kind: "told", label: say("more-areas-match"), detail: "" });
  return groups.filter((group) => group.items.length > 0);
}

/** What is called exactly as the query stands first, in its group and with it. */
export function exactFirst(groups: readonly SuggestionGroup[], query: string): SuggestionGroup[] {
  const whole = fold(query);
  const isOther = (item: Suggestion) => item.kind === "told" || fold(item.label) !== whole;
  const byName = (a: boolean, b: boolean) => Number(a) - Number(b);
  return groups
    .map(({ title, items }) => ({
      title,
      items: items.toSorted((a, b) => byName(isOther(a), isOther(b))),
    }))
    .toSorted((a, b) => byName(a.items.every(isOther), b.items.every(isOther)));
}

/** The places of a layer, each with the name of the parent area that it lies in. */
export function placeSuggestions(
  title: string,
  places: readonly Place[],
  { parent, parentNames }: Pick<Found, "parent" | "parentNames">,
): SuggestionGroup {
  const items = places.map((place): Suggestion => {
    const within = parent ? place.areas[parent.id]?.[0] : undefined;
    const detail = parentNames.get(within ?? "") ?? "";
    return { kind: "point", place, label: place.name, detail };
  });
  return { title, items };
}
