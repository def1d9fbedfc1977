// Where each name stands in the alphabet.

/** For each name its place; figures in names count as numbers, so that "Area 9" stands before "Area 10". */
export function alphabet(names: readonly string[]): Uint32Array {
  const { compare } = new Intl.Collator("en-GB", { numeric: true });
  const order = Uint32Array.from(names, (_, index) => index).sort((a, b) =>
    compare(names[a] ?? "", names[b] ?? ""),
  );
  const places = new Uint32Array(names.length);
  order.forEach((index, place) => {
    places[index] = place;
  });
  return places;
}

/** So many names are sorted within a frame; more than those go to another thread. */
const FEW = 3000;

/** Gives the places to `done`, at once or later; the answer stops that. */
export function inAlphabet(
  names: readonly string[],
  done: (places: Uint32Array) => void,
): () => void {
  if (names.length <= FEW) {
    done(alphabet(names));
    return () => {};
  }
  const worker = new Worker(new URL("./alphabet.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Uint32Array>) => {
    done(data);
    worker.terminate();
  };
  worker.postMessage(names);
  return () => worker.terminate();
}
