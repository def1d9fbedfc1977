// The order of names, in which numbers count as numbers. Comparing the names of a whole country
// takes a third of a second, so that is left to a worker, once.

const collator = new Intl.Collator("en-GB", { numeric: true });
/** So many are ordered before anybody notices. */
const AT_ONCE = 4000;

const known = new WeakMap<readonly string[], readonly number[]>();

/** The positions of the names, in the order of the names. */
export function orderOfNames(names: readonly string[]): readonly number[] {
  let order = known.get(names);
  if (!order) {
    order = sorted(names);
    known.set(names, order);
  }
  return order;
}

/** Has the order ready, without holding the page up. */
export async function prepareOrder(names: readonly string[]): Promise<void> {
  if (known.has(names) || names.length <= AT_ONCE) return;
  const worker = new Worker(new URL("./name-order.worker.ts", import.meta.url), { type: "module" });
  try {
    const order = await new Promise<readonly number[]>((done, failed) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => failed(new Error(message));
      worker.postMessage(names);
    });
    known.set(names, order);
  } finally {
    worker.terminate();
  }
}

export function sorted(names: readonly string[]): number[] {
  const order = names.map((_, index) => index);
  return order.sort((a, b) => collator.compare(names[a] ?? "", names[b] ?? "") || a - b);
}
