// A search of areas in the page itself, for atlases that are plain files.

import type { AreaColumns, AreaRow, AreaRows } from "../contract";

const collator = new Intl.Collator("en-GB", { numeric: true });

/** The areas that have every word of `q` in a name or in their code: those of this name first, then those that begin so, and by name. */
export function areasNamed(areas: AreaColumns, q: string): AreaRows {
  const { code, name, local_name, parents } = areas.columns;
  const words = folded(q).split(" ").filter(Boolean);
  const whole = words.join(" ");
  const found: { area: AreaRow; closeness: number }[] = [];
  code.forEach((own, i) => {
    const names = [local_name[i], name[i], own].flatMap((text) => (text ? folded(text) : []));
    if (words.length === 0 || !words.every((word) => names.some((text) => text.includes(word))))
      return;
    const area = {
      code: own,
      name: name[i] ?? own,
      local_name: local_name[i] ?? null,
      parents: Object.fromEntries(
        Object.entries(parents).flatMap(([id, of]) => (of[i] ? [[id, of[i]]] : [])),
      ),
    };
    const begins = names.filter((text) => text.startsWith(whole));
    found.push({ area, closeness: begins.includes(whole) ? 0 : begins.length > 0 ? 1 : 2 });
  });
  const byName = (area: AreaRow) => area.local_name ?? area.name;
  found.sort(
    (a, b) => a.closeness - b.closeness || collator.compare(byName(a.area), byName(b.area)),
  );
  return { geography: areas.geography, areas: found.map(({ area }) => area) };
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en-GB");
}
