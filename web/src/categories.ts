// The colours of categories. ColorBrewer's qualitative scheme "Paired", put in such an order that
// the first eight are far apart for readers with any common colour blindness
// (test/categories.test.ts measures it); its last green is too near to its brown.

export const CATEGORY_COLOURS: readonly string[] = [
  "#1f78b4",
  "#b2df8a",
  "#ff7f00",
  "#6a3d9a",
  "#fb9a99",
  "#ffff99",
  "#b15928",
  "#cab2d6",
  "#e31a1c",
  "#fdbf6f",
  "#a6cee3",
];

/** Of more categories than there are colours, the rest share one. */
export const OTHER_CATEGORY = "#969696";
