// A canvas that can draw a polygon's lines along the inner side of its border: two areas that
// share a border show both their colours on it.

import L from "leaflet";

export interface InnerLine {
  colour: string;
  /** In pixels, inwards from the border. */
  width: number;
  dash?: number[];
}

interface Drawn {
  options: L.PathOptions & { innerLines?: readonly InnerLine[] };
}

type FillStroke = (this: L.Canvas, context: CanvasRenderingContext2D, layer: Drawn) => void;

// Leaflet calls it once the polygon's path is set; it is the place where it can be drawn otherwise.
const plain = (L.Canvas.prototype as unknown as { _fillStroke: FillStroke })._fillStroke;

const fillStroke: FillStroke = function (context, layer) {
  const { innerLines, opacity = 1 } = layer.options;
  if (!innerLines) {
    plain.call(this, context, layer);
    return;
  }
  context.save();
  context.clip("evenodd");
  context.globalAlpha = opacity;
  context.lineJoin = "round";
  for (const { colour, width, dash } of innerLines) {
    context.strokeStyle = colour;
    // The outer half is cut off.
    context.lineWidth = 2 * width;
    context.setLineDash(dash ?? []);
    context.stroke();
  }
  context.restore();
};

const Canvas = L.Canvas.extend({ _fillStroke: fillStroke }) as unknown as new (
  options: L.RendererOptions,
) => L.Canvas;

/** A canvas renderer whose polygons may have the option `innerLines`, drawn in order. */
export const innerLinesCanvas = (options: L.RendererOptions): L.Canvas => new Canvas(options);
