// What a panel waits for. The newest question alone counts; until its answer is here the one
// before it stays, so that nothing jumps.

import { ApiError, NeedsServer } from "../api";
import { type Failure, textOf } from "../failure";
import { latest } from "../latest";

/** Whether asking again may help: a refusal says the same again. */
function canHelp(error: unknown): boolean {
  const isRefused = error instanceof ApiError && [400, 404].includes(error.status ?? 0);
  return !(isRefused || error instanceof NeedsServer);
}

export class Asked<T> {
  answer = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  waiting = $state(false);

  #question: string | null = null;
  #newest = latest();

  /** Asks, unless this is the question that was asked last. */
  ask(question: string, work: (signal: AbortSignal) => Promise<T>): void {
    if (question === this.#question) return;
    this.#question = question;
    this.failure = null;
    this.waiting = true;
    this.#newest.run(work, {
      done: (answer) => {
        this.waiting = false;
        this.answer = answer;
      },
      failed: (error) => {
        this.waiting = false;
        this.answer = null;
        const retry = () => {
          this.#question = null;
          this.ask(question, work);
        };
        this.failure = { text: textOf(error), retry: canHelp(error) ? retry : null };
      },
    });
  }

  /** There is nothing to ask. */
  clear(): void {
    this.#question = null;
    this.#newest.cancel();
    this.answer = null;
    this.failure = null;
    this.waiting = false;
  }
}
