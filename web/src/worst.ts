// The areas that the map numbers while nothing is selected.

const WORST = 5;
/** Among so few areas every one is in sight. */
const FEW = 30;

/** The five worst areas in order; none where areas share their ranks, for then five would be chance. */
export function worstAreas(ranks: readonly (number | null)[]): number[] {
  if (ranks.length <= FEW) return [];
  const found: number[] = [];
  for (let rank = 1; rank <= WORST; rank += 1) {
    const area = ranks.indexOf(rank);
    if (area < 0 || area !== ranks.lastIndexOf(rank)) return [];
    found.push(area);
  }
  return found;
}
