// The order of the list of places: by the larger area that each lies in, or by how near each is.

import { distanceKm } from "../choosing/nearby";
import type { LonLat } from "../contract";
import type { Place } from "./places.svelte";

export interface PlaceGroup {
  /** `null` where the places need no heading. */
  title: string | null;
  places: Place[];
}

/** The places that have every word of a query in their name or in what else is published of them. */
export function namedPlaces(places: readonly Place[], query: string): Place[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...places];
  return places.filter(({ name, attributes }) => {
    const text = folded([name, ...Object.values(attributes)].join(" "));
    return words.every((word) => text.includes(word));
  });
}

/** Those that have every word in their name: the ones that are called exactly so, then those that begin so, then others. */
export function placesCalled(places: readonly Place[], query: string): Place[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const whole = words.join(" ");
  const closeness = ({ name }: Place) => {
    const own = folded(name).trim();
    return own === whole ? 0 : own.startsWith(whole) ? 1 : 2;
  };
  return places
    .filter(({ name }) => words.every((word) => folded(name).includes(word)))
    .sort((a, b) => closeness(a) - closeness(b));
}

/** What is published of a place beside its name, in the order of its layer: "Phase: Primary · Pupils: 120". */
export function attributeWords({ attributes }: Place, headings: readonly string[]): string {
  return headings
    .flatMap((heading) => (attributes[heading] ? `${heading}: ${attributes[heading]}` : []))
    .join(" · ");
}

/** By the areas of a larger geography, in the order of their names; what lies in none comes last. */
export function byLargerArea(
  places: readonly Place[],
  geography: string,
  nameOf: (code: string) => string,
  elsewhere: string,
): PlaceGroup[] {
  const groups = new Map<string | null, Place[]>();
  for (const place of places) {
    const code = place.areas[geography]?.[0] ?? null;
    groups.set(code, [...(groups.get(code) ?? []), place]);
  }
  return [...groups]
    .map(([code, places]) => ({
      isElsewhere: code === null,
      title: code === null ? elsewhere : nameOf(code),
      places,
    }))
    .sort(
      (a, b) =>
        Number(a.isElsewhere) - Number(b.isElsewhere) || a.title.localeCompare(b.title, "en-GB"),
    )
    .map(({ title, places }) => ({ title, places }));
}

/** The nearest places to a point, at most so many. */
export function nearestPlaces(places: readonly Place[], to: LonLat, most: number): Place[] {
  return places
    .map((place) => ({ place, km: distanceKm(place.at, to) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, most)
    .map(({ place }) => place);
}

/** The groups cut to so many places in all. */
export function firstOf(groups: readonly PlaceGroup[], most: number): PlaceGroup[] {
  let left = most;
  return groups
    .map(({ title, places }) => {
      const kept = places.slice(0, left);
      left -= kept.length;
      return { title, places: kept };
    })
    .filter(({ places }) => places.length > 0);
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en-GB");
}
