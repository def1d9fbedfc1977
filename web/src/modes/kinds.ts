// Kinds have names and colours of their own; which area is of which is the server's to say.

import { say } from "../words";

// ColorBrewer's "PuOr", which is told apart with any common colour blindness: orange for the worse or
// the higher end, purple for the other. Yellow stands apart from both, grey for what does not
// stand out, and dark enough for that to be told from an area that a filter leaves out.
const ONE_END = "#b35806";
const OTHER_END = "#542788";
// Worse and better are orange and blue, as in the spine chart, and the worse the darker of the two: what is better is no finding.
const WORSE = "#c2410c";
const BETTER = "#82bbf5";
const YELLOW = "#ffe680";
const PALE = "#c8c8c8";
const UNKNOWN = "#a3a3a3";

interface Kind {
  colour: string;
  name: string;
  /** Empty where the name says all. */
  means: string;
  /** Whether it says that there is nothing to point out. */
  isPlain?: boolean;
}

const KINDS: Record<string, Kind> = {
  "high-group": {
    colour: ONE_END,
    name: say("kind-high-group"),
    means: say("kind-high-group-means"),
  },
  "high-pocket": {
    colour: "#f1a340",
    name: say("kind-high-pocket"),
    means: say("kind-high-pocket-means"),
  },
  highest: { colour: YELLOW, name: say("kind-highest"), means: say("kind-highest-means") },
  lowest: { colour: YELLOW, name: say("kind-lowest"), means: say("kind-lowest-means") },
  "low-group": {
    colour: OTHER_END,
    name: say("kind-low-group"),
    means: say("kind-low-group-means"),
  },
  "low-pocket": {
    colour: "#998ec3",
    name: say("kind-low-pocket"),
    means: say("kind-low-pocket-means"),
  },
  none: { colour: PALE, name: say("kind-none"), means: say("kind-none-means"), isPlain: true },
  untested: {
    colour: UNKNOWN,
    name: say("kind-untested"),
    means: say("kind-untested-means"),
    isPlain: true,
  },
  worse: { colour: WORSE, name: say("kind-worse"), means: "" },
  higher: { colour: ONE_END, name: say("kind-higher"), means: "" },
  better: { colour: BETTER, name: say("kind-better"), means: "" },
  lower: { colour: OTHER_END, name: say("kind-lower"), means: "" },
  similar: { colour: "#dbceb5", name: say("kind-similar"), means: "", isPlain: true },
  "not-compared": {
    colour: UNKNOWN,
    name: say("kind-not-compared"),
    means: say("kind-not-compared-means"),
    isPlain: true,
  },
};

/** The kind of a name; one of a later server keeps its own name. */
export function kindOfName(name: string): Kind {
  return KINDS[name] ?? { colour: UNKNOWN, name, means: "" };
}

/** One colour a kind; `good`: whether the high end is the good one, which turns the two ends of hotspots round. */
export function kindColours(names: readonly string[], good: boolean): string[] {
  const turned = (name: string) =>
    good ? name.replace(/^(high|low)-/, (end) => (end === "high-" ? "low-" : "high-")) : name;
  return names.map((name) => kindOfName(turned(name)).colour);
}
