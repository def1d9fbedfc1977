// Answers that are kept in memory, up to a weight; the one that was used longest ago goes first.

export class Keeping {
  readonly #kept = new Map<string, { answer: unknown; weight: number }>();
  #weight = 0;

  constructor(private readonly limit: number) {}

  get(key: string): unknown {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    // A Map keeps the order of insertion.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.answer;
  }

  set(key: string, answer: unknown, weight: number): void {
    this.#weight += weight - (this.#kept.get(key)?.weight ?? 0);
    this.#kept.delete(key);
    this.#kept.set(key, { answer, weight });
    for (const [oldest, { weight: freed }] of this.#kept) {
      if (this.#weight <= this.limit || oldest === key) return;
      this.#kept.delete(oldest);
      this.#weight -= freed;
    }
  }
}
