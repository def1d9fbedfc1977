// Which areas of another geography stand for an area: the one that it lies in, else those that lie in it, else the
// one of the same code, else, of a cluster, those that stand for its areas. The server's plain pages follow by the same rule.

import type { AreaColumns } from "./contract";

/** What is asked of a geography: its id and what one of its areas is called. */
export interface Kind {
  id: string;
  singular: string;
}

/** Codes of the Register of Geographic Codes: each is of one area only. */
const REGISTERED = /^[A-Z]\d{8}$/;

export interface Placed {
  kind: Kind;
  areas: AreaColumns;
}

/** What clusters are made of: each one's areas by its code, and what these are. */
export interface Members {
  base: Placed;
  of: ReadonlyMap<string, readonly string[]>;
}

/** By the code of an area the codes of its counterparts; none where it has none. */
export function counterparts(
  from: Placed & { members?: Members | undefined },
  to: Placed,
): (code: string) => readonly string[] {
  const { members } = from;
  const isShown = members?.base.kind.id === to.kind.id;
  const ofMember = members && !isShown ? counterparts(members.base, to) : (code: string) => [code];
  const ofMembers = (code: string) => [
    ...new Set((members?.of.get(code) ?? []).flatMap((member) => ofMember(member))),
  ];
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
    const isSame = there.has(code) && (isAlike || REGISTERED.test(code));
    return childrenOf.get(code) ?? (isSame ? [code] : ofMembers(code));
  };
}
