// The worker's side: one message in, one answer out, in order.

import type { Colouring } from "../index";
import type { Indices } from "./decode";
import { Drawing, type Painted, type Style, type View } from "./drawing";

export type Task =
  | { task: "tile"; key: string; bytes: ArrayBuffer }
  | { task: "forget"; key: string }
  | { task: "draw"; view: View }
  | { task: "colour"; colouring: Colouring }
  | { task: "dress"; style: Style }
  | { task: "outline"; area: number };

export interface Drawn {
  /** Of each pixel its area, counted from 1, or 0. */
  pixels: Indices;
  /** `null` while there are no colours. */
  painted: Painted | null;
}

export interface Answers {
  tile: null;
  forget: null;
  draw: Drawn;
  colour: Painted | null;
  dress: Painted | null;
  outline: number[][];
}

const drawing = new Drawing();

function answer(task: Task): { result: Answers[Task["task"]]; handedOver: Transferable[] } {
  switch (task.task) {
    case "tile":
      drawing.addTile(task.key, task.bytes);
      return { result: null, handedOver: [] };
    case "forget":
      drawing.forgetTile(task.key);
      return { result: null, handedOver: [] };
    case "draw": {
      const pixels = drawing.draw(task.view).pixels.slice() as Indices;
      const painted = drawing.paint();
      return { result: { pixels, painted }, handedOver: [pixels.buffer, ...imageOf(painted)] };
    }
    case "colour":
    case "dress": {
      if (task.task === "colour") drawing.colour(task.colouring);
      else drawing.dress(task.style);
      const painted = drawing.paint();
      return { result: painted, handedOver: imageOf(painted) };
    }
    case "outline":
      return { result: drawing.outline(task.area), handedOver: [] };
  }
}

const imageOf = (painted: Painted | null) => (painted ? [painted.image] : []);

const scope = self as unknown as {
  onmessage: (event: MessageEvent<{ id: number; task: Task }>) => void;
  postMessage(message: unknown, handedOver: Transferable[]): void;
};

scope.onmessage = ({ data: { id, task } }) => {
  try {
    const { result, handedOver } = answer(task);
    scope.postMessage({ id, result }, handedOver);
  } catch (error) {
    scope.postMessage({ id, failure: String(error) }, []);
  }
};
