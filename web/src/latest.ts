// Only the newest choice paints. Starting a task aborts the one before it, and an answer that
// arrives although it was overtaken is not delivered.

import { isAbort } from "./api";

export interface Latest {
  run<T>(
    work: (signal: AbortSignal) => Promise<T>,
    handlers: { done: (value: T) => void; failed: (error: unknown) => void },
  ): void;
  cancel(): void;
}

export function latest(): Latest {
  let current: AbortController | null = null;
  return {
    run(work, { done, failed }) {
      current?.abort();
      const mine = new AbortController();
      current = mine;
      work(mine.signal).then(
        (value) => {
          if (current === mine) done(value);
        },
        (error) => {
          if (current === mine && !isAbort(error)) failed(error);
        },
      );
    },
    cancel() {
      current?.abort();
      current = null;
    },
  };
}
