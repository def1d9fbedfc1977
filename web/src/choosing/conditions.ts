// A filter as its conditions, for the fields that build one. The server reads and checks the text
// (docs/api.md, "Areas, sets and filters"); this only takes apart what it can show in fields.

export const SIGNS = ["<=", "<", "=", ">", ">="] as const;
export type Sign = (typeof SIGNS)[number];

export interface Condition {
  indicator: string;
  /** `null` is the newest. */
  period: string | null;
  sign: Sign;
  /** As it was typed. */
  bound: string;
}

export function writeFilter(conditions: readonly Condition[]): string {
  return conditions
    .map(({ indicator, period, sign, bound }) => {
      const measure = period === null ? indicator : `${indicator}@${period}`;
      return `${measure}${sign}${plainNumber(bound)}`;
    })
    .join(" and ");
}

/** The conditions of a filter; `null` where the text is not made of them. */
export function readFilter(text: string): Condition[] | null {
  const conditions: Condition[] = [];
  for (const part of spelled(text).split(" and ")) {
    const found = /^\s*([^<>=@\s]+)(?:@([^<>=]+?))?\s*(<=|>=|<|>|=)\s*(\S+)\s*$/.exec(part);
    if (!found) return null;
    const [, indicator = "", period = null, sign, bound = ""] = found;
    conditions.push({ indicator, period, sign: sign as Sign, bound });
  }
  return conditions;
}

/** As people type it: ≤ and ≥, "AND". */
export function spelled(text: string): string {
  return text
    .replaceAll("≤", "<=")
    .replaceAll("≥", ">=")
    .replace(/\s+and\s+/gi, " and ")
    .trim();
}

/** The first condition whose bound is a percentage although its indicator is measured in something else. */
export function notInPercent(
  conditions: readonly Condition[],
  unitOf: (indicator: string) => string | undefined,
): Condition | null {
  return (
    conditions.find(({ indicator, bound }) => {
      const unit = unitOf(indicator);
      return bound.includes("%") && unit !== undefined && !unit.startsWith("%");
    }) ?? null
  );
}

/** A number with the commas and signs that people write left out. */
function plainNumber(text: string): string {
  return text.replace(/[,\s£%]/g, "").replace("−", "-");
}
