// Codes of a link that an edition does not have: they are said and not shown.

import type { View } from "../view";
import { writeRef } from "../view";
import { say } from "../words";

/** So many codes of a link are named in a notice. */
const MAX_SAID = 8;

/** What of selection and sets is not among the areas of a geography; `shown` is the one whose areas are named by their codes alone. */
export function withoutUnknown(
  { areas, set }: Pick<View, "areas" | "set">,
  isUnknown: (code: string) => boolean,
  geography: string,
  shown: string | undefined,
): Pick<View, "areas" | "set"> & { unknown: string[] } {
  const isIn = (of: string | null) => (of ?? shown) === geography;
  const out = new Set(areas.filter((ref) => isIn(ref.geography) && isUnknown(ref.code)));
  const unknown = [...out].map(writeRef);
  const kept = set.map((item) => {
    if (!isIn(item.geography)) return item;
    unknown.push(...item.codes.filter(isUnknown));
    return { ...item, codes: item.codes.filter((code) => !isUnknown(code)) };
  });
  return {
    areas: areas.filter((ref) => !out.has(ref)),
    set: kept.filter(({ codes }) => codes.length > 0),
    unknown,
  };
}

export function unknownWords(unknown: readonly string[], areas: string): string {
  const said = unknown.slice(0, MAX_SAID);
  const codes = [...said, ...(unknown.length > MAX_SAID ? ["…"] : [])].join(", ");
  return say("not-among", { areas, codes });
}
