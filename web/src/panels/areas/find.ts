// What the areas of the list are found by.

import { nameOf } from "../../areas";
import type { Picture } from "../../picture";

/** For each area all that it is called: local and official name, code, and the parent that it lies in. */
export function searchable({
  areas,
  parentAreas,
}: Pick<Picture, "areas" | "parentAreas">): string[] {
  const parents = new Map(
    parentAreas?.columns.code.map((code, index) => [code, nameOf(parentAreas, index).first]),
  );
  const parentOf = parentAreas ? (areas.columns.parents[parentAreas.geography] ?? []) : [];
  return areas.columns.code.map((code, index) => {
    const { first, second } = nameOf(areas, index);
    return comparable([first, second, code, parents.get(parentOf[index] ?? "")].join(" "));
  });
}

/** A text as it is compared: without capitals and without space around it. */
export function comparable(text: string): string {
  return text.trim().toLocaleLowerCase("en-GB");
}
