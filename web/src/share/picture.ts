// Pictures to paste elsewhere: a drawing with its title above, and the source and the date below.

import type { Page } from "../page.svelte";
import {
  drawingOf,
  element,
  type Ink,
  inLight,
  type Lettering,
  paragraphs,
  readInk,
} from "./drawing";
import { legendsDrawing, mapsDrawing } from "./maps-drawing";
import { outlinesOf } from "./outlines";
import {
  countedIn,
  filterOf,
  selectionWords,
  sourceLines,
  subjectOf,
  subjectOfMap,
} from "./source";

export { drawingFrom, layersFrom } from "./drawing";

const WIDTH = 1000;
const MOST_HEIGHT = 760;
const MARGIN = 28;
const LEGEND = 230;
const GAP = 24;
/** What takes more height as a headline is a paragraph. */
const TALL_TITLE = 95;

/** The map with its legend, as it is to be pasted. */
export async function mapPicture(page: Page): Promise<SVGSVGElement> {
  const ink = inLight(readInk);
  const room = { width: WIDTH - 2 * MARGIN - LEGEND - GAP, height: MOST_HEIGHT };
  const map = mapsDrawing(page, room, ink, await outlinesOf(page, room));
  const legend = legendsDrawing(page, LEGEND, ink);
  const [width, height] = sizeOf(map);
  const whole = drawingOf(WIDTH - 2 * MARGIN, Math.max(height, legend.height));
  legend.element.setAttribute("transform", `translate(${width + GAP} 0)`);
  whole.append(map, legend.element);
  const subjects = [subjectOf(page), ...filterOf(page), ...selectionWords(page)];
  return framed(page, page.sentence, subjects, whole, ink, countedIn(page));
}

/**
 * A chart with a title and what is said below that, as it is to be pasted: `drawingFrom` takes it from the page. `beside`: the
 * ids of indicators that stand in it beside those of the map.
 */
export function chartPicture(
  page: Page,
  title: string,
  chart: SVGSVGElement,
  {
    below = [subjectOfMap(page, page)],
    beside = [],
  }: { below?: readonly string[]; beside?: readonly string[] } = {},
): SVGSVGElement {
  return framed(page, title, below, chart, inLight(readInk), beside);
}

function framed(
  page: Page,
  title: string,
  subjects: readonly string[],
  drawing: SVGSVGElement,
  ink: Ink,
  beside: readonly string[] = [],
): SVGSVGElement {
  const [inner, height] = sizeOf(drawing);
  const width = inner + 2 * MARGIN;
  const strong: Lettering = { size: 22, weight: 650, colour: ink.ink, font: ink.font };
  const soft: Lettering = { size: 14, weight: 400, colour: ink.soft, font: ink.font };
  const room = { x: MARGIN, width: inner };
  const titled = (size: number) => paragraphs([title], { ...room, y: MARGIN }, { ...strong, size });
  const headline = titled(strong.size);
  const head = headline.height > TALL_TITLE ? titled(16) : headline;
  const subject = paragraphs(subjects, { ...room, y: MARGIN + head.height + 4 }, soft);
  const top = MARGIN + head.height + 4 + subject.height + 14;
  const foot = paragraphs(
    sourceLines(page, beside),
    { ...room, y: top + height + 14 },
    { ...soft, size: 11.5 },
  );
  const whole = drawingOf(width, Math.ceil(top + height + 14 + foot.height + MARGIN - 8));
  drawing.setAttribute("x", String(MARGIN));
  drawing.setAttribute("y", String(top));
  whole.append(
    element("rect", { width: "100%", height: "100%", fill: ink.paper }),
    head.element,
    subject.element,
    drawing,
    foot.element,
  );
  return whole;
}

function sizeOf(drawing: SVGSVGElement): [number, number] {
  return [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
}
