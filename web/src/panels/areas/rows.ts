// The rows of a long list that stand in the document.

const SHORT = 60;

/** The rows to draw so that what is between `top` and `bottom` is covered, with some to spare. */
export function visibleRows(
  top: number,
  bottom: number,
  rowHeight: number,
  count: number,
): { first: number; end: number } {
  // A short list is drawn whole, on screen or not.
  if (count <= SHORT) return { first: 0, end: count };
  const spare = 8;
  const first = Math.min(count, Math.max(0, Math.floor(top / rowHeight) - spare));
  const end = Math.max(first, Math.min(count, Math.ceil(bottom / rowHeight) + spare));
  return { first, end };
}
