// The outline of several areas together.

/** A place, in any units. */
interface Place {
  lat: number;
  lng: number;
}

/** The lines around areas that stand next to each other, without the borders between them: those belong to two. */
export function outlineOfAll<T extends Place>(outlines: readonly (readonly T[][])[]): T[][] {
  const lines = outlines.flat();
  const times = new Map<string, number>();
  for (const line of lines)
    for (const [from, to] of stretches(line))
      times.set(nameOf(from, to), (times.get(nameOf(from, to)) ?? 0) + 1);
  return lines.flatMap((line) => {
    const kept: T[][] = [];
    for (const [from, to] of stretches(line)) {
      if (times.get(nameOf(from, to)) !== 1) continue;
      const last = kept.at(-1);
      if (last?.at(-1) === from) last.push(to);
      else kept.push([from, to]);
    }
    return kept;
  });
}

function stretches<T>(line: readonly T[]): [T, T][] {
  return line.slice(1).map((to, i) => [line[i] as T, to]);
}

/** The same in both directions. */
function nameOf(from: Place, to: Place): string {
  return [`${from.lat} ${from.lng}`, `${to.lat} ${to.lng}`].sort().join(" ");
}
