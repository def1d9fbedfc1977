// Which areas of another geography stand for an area: the one that it lies in, else those that lie in it, else the
// one of the same code. The server's plain pages follow by the same rule.

import type { AreaColumns } from "./contract";

/** What is asked of a geography: its id and what one of its areas is called. */
export interface Kind {
  id: string;
  singular: string;
}

/** Codes of the Register of Geographic Codes: each is of one area only. */
const REGISTERED = /^[A-Z]\d{8}$/;

/** By the code of an area the codes of its counterparts; none where it has none. */
export function counterparts(
  from: { kind: Kind; areas: AreaColumns },
  to: { kind: Kind; areas: AreaColumns },
): (code: string) => readonly string[] {
  const above = from.areas.columns.parents[to.kind.id] ?? [];
  const parentOf = new Map(from.areas.columns.code.map((code, i) => [code, above[i] ?? null]));
  const childrenOf = new Map<string, string[]>();
  const below = to.areas.columns.parents[from.kind.id] ?? [];
  below.forEach((parent, i) => {
    const code = to.areas.columns.code[i];
    if (parent === null || code === undefined) return;
    const known = childrenOf.get(parent);
    if (known) known.push(code);
    else childrenOf.set(parent, [code]);
  });
  const there = new Set(to.areas.columns.code);
  const isAlike = from.kind.singular === to.kind.singular;
  return (code) => {
    const parent = parentOf.get(code) ?? null;
    if (parent !== null) return [parent];
    const same = there.has(code) && (isAlike || REGISTERED.test(code)) ? [code] : [];
    return childrenOf.get(code) ?? same;
  };
}
