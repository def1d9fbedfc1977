// Layers of places are told apart by shape, not by colour: the data own the colour. Each is a path
// in a box of 14 by 14.

const SHAPES: readonly string[] = [
  "M7 1.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11z",
  "M2 2h10v10H2z",
  "M7 1l6.200 11.200H.800z",
  "M7 .500 13.500 7 7 13.500.500 7z",
  "M5 1h4v4h4v4H9v4H5V9H1V5h4z",
  "M7 .600l1.900 4.100 4.500.500-3.300 3 .900 4.400L7 10.400l-4 2.200.900-4.400-3.300-3 4.500-.500z",
];

/** The shape of a layer, by its place in the catalogue. */
export function shapeOf(layer: number): string {
  return SHAPES[layer % SHAPES.length] as string;
}
