// Whether the page waits for its picture, and why none came.

import { ApiError } from "./api";
import { type Failure, textOf } from "./failure";
import { Withdrawn } from "./site";
import { say } from "./words";

/** After this long, waiting is shown. */
const SLOW_MS = 400;

export class Waiting {
  slow = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** Whether the edition was withdrawn: then nothing of it is shown. */
  withdrawn = $state(false);
  /** Whether the server answers, so that something else may be had. */
  answers = $state(false);

  #timer: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.slow = true;
    }, SLOW_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.slow = false;
  }

  /** It came to nothing; `openNewest` is the way out where the edition is gone. */
  fail(error: unknown, retry: () => void, openNewest: () => void): void {
    this.end();
    this.withdrawn = error instanceof Withdrawn;
    const isGone = error instanceof ApiError && error.parameter === "edition";
    this.answers = error instanceof ApiError && error.status !== null && !isGone;
    if (this.withdrawn) this.failure = { text: textOf(error), retry: null };
    else if (isGone) this.failure = { text: say("edition-withdrawn"), retry: openNewest };
    else this.failure = { text: textOf(error), retry };
  }
}
