// The page's side of the worker.

import type { Answers, Task } from "./worker";

interface Waiting {
  done(result: unknown): void;
  failed(error: Error): void;
}

export class Remote {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor() {
    this.#worker.onmessage = ({ data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.failure === undefined) waiting?.done(data.result);
      else waiting?.failed(new Error(data.failure));
    };
    this.#worker.onerror = (event) => {
      for (const { failed } of this.#waiting.values()) failed(new Error(event.message));
      this.#waiting.clear();
    };
  }

  ask<T extends Task>(task: T, handedOver: Transferable[] = []): Promise<Answers[T["task"]]> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done: done as Waiting["done"], failed });
      this.#worker.postMessage({ id, task }, handedOver);
    });
  }

  end(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }
}
