// What a reader is told when something did not work, and how to try again.

import { say } from "./words";

export interface Failure {
  text: string;
  /** What was wanted, and what is shown in its place, named by what is different of them. */
  instead?: { wanted: string; shown: string };
  /** Not where asking again cannot help. */
  retry: (() => void) | null;
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : say("went-wrong");
}
