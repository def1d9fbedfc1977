// The map leads. A new picture goes to it first, and the rest of the page follows once the map shows
// it: so much is laid out anew there that the map would wait for it.

/** After this long the rest does not wait any more: a map may be slow, or out of sight. */
const LATE_MS = 250;

export class Lead<T> {
  #waiting: T | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly follow: (value: T) => void) {}

  /** The map has begun to paint this. Whoever chooses quicker than it paints is not left behind. */
  begin(value: T): void {
    const isBehind = this.#waiting !== null;
    this.#waiting = value;
    if (isBehind) this.end();
    else this.#timer = setTimeout(() => this.end(), LATE_MS);
  }

  /** The map has painted: the frame that shows it comes first. */
  painted(): void {
    if (this.#waiting === null) return;
    requestAnimationFrame(() => setTimeout(() => this.end()));
  }

  end(): void {
    const value = this.#waiting;
    this.cancel();
    if (value !== null) this.follow(value);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#waiting = null;
  }
}
