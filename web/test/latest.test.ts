import { describe, expect, it } from "vitest";
import { latest } from "../src/latest";

/** A task that ends when it is told to. */
function task<T>() {
  let end: (value: T) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  let signal: AbortSignal | undefined;
  const work = (given: AbortSignal) => {
    signal = given;
    return new Promise<T>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
  };
  return {
    work,
    end: (value: T) => end(value),
    fail: (e: unknown) => fail(e),
    signal: () => signal,
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("only the newest choice paints", () => {
  it("even when the older answer is the later", async () => {
    const painted: string[] = [];
    const handlers = {
      done: (value: string) => painted.push(value),
      failed: () => painted.push("failed"),
    };
    const runner = latest();
    const slow = task<string>();
    const quick = task<string>();
    runner.run(slow.work, handlers);
    runner.run(quick.work, handlers);
    expect(slow.signal()?.aborted).toBe(true);
    quick.end("new");
    slow.end("old");
    await settled();
    expect(painted).toEqual(["new"]);
  });

  it("and an aborted or overtaken failure is silent", async () => {
    const painted: string[] = [];
    const handlers = { done: () => painted.push("done"), failed: () => painted.push("failed") };
    const runner = latest();
    const first = task<string>();
    const second = task<string>();
    runner.run(first.work, handlers);
    runner.run(second.work, handlers);
    first.fail(new Error("too late"));
    second.fail(new DOMException("", "AbortError"));
    await settled();
    expect(painted).toEqual([]);
  });

  it("while a failure of the newest is told", async () => {
    const painted: unknown[] = [];
    const only = task<string>();
    latest().run(only.work, { done: () => {}, failed: (error) => painted.push(error) });
    const error = new Error("no");
    only.fail(error);
    await settled();
    expect(painted).toEqual([error]);
  });
});
