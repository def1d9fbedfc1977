// What is told of a place wherever places are listed.

import { nameOf } from "../areas";
import type { Page } from "../page.svelte";
import { areaAddress } from "../share/source";
import { attributeWords } from "./order";
import type { Place } from "./places.svelte";

export interface PlaceFacts {
  /** The name of its layer, and the layer's place in the catalogue. */
  kind: string;
  shape: number;
  /** What else is published of it; empty where that is nothing. */
  more: string;
  /** The area of the shown geography that it lies in. */
  area: { name: string; address: string } | null;
}

export function factsOf(page: Page, place: Place): PlaceFacts {
  const layers = page.catalog?.points ?? [];
  const shape = layers.findIndex(({ id }) => id === place.layer);
  return {
    kind: layers[shape]?.name ?? "",
    shape,
    more: attributeWords(place, layers[shape]?.attributes ?? []),
    area: areaOf(page, place),
  };
}

function areaOf(page: Page, { areas }: Place): PlaceFacts["area"] {
  const { picture } = page;
  const geography = picture?.scene.geography.id ?? "";
  const code = areas[geography]?.[0];
  const index = code === undefined ? undefined : picture?.index.get(code);
  if (!picture || code === undefined || index === undefined) return null;
  return { name: nameOf(picture.areas, index).first, address: areaAddress(page, geography, code) };
}
