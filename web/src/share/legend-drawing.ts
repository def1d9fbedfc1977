// The legend as a drawing: a swatch a class with its bounds and how many areas it holds.

import { amongClasses } from "../comparators";
import { formatCount, statusWords, unitAbove } from "../format";
import { whoseClasses } from "../legend/said";
import { classOf } from "../legend/ticks";
import { modeNotes } from "../modes/notes";
import type { Showing } from "../modes/showing";
import type { Page } from "../page.svelte";
import { classWords, endWords, hasNames } from "../scale";
import { say } from "../words";
import { element, type Ink, type Lettering, label, paragraphs } from "./drawing";

const LINE = 21;
const SWATCH = 15;

/** Stands at 0, 0; the patterns of the map's drawing are in the same document. */
export function legendDrawing(
  page: Page,
  width: number,
  ink: Ink,
  showing: Showing = page,
): { element: SVGGElement; height: number } {
  const group = element("g");
  const { picture } = showing;
  if (!picture) return { element: group, height: 0 };
  const { classes, scene } = picture;
  const { indicator } = scene;
  const strong: Lettering = { size: 13, weight: 650, colour: ink.ink, font: ink.font };
  const plain: Lettering = { ...strong, weight: 400 };
  const soft: Lettering = { ...plain, size: 12, colour: ink.soft };
  let y = 0;
  const write = (texts: string[], lettering: Lettering) => {
    const block = paragraphs(texts, { x: 0, y, width }, lettering);
    group.append(block.element);
    y += block.height;
  };
  const line = (fill: string, words: string, count: number) => {
    group.append(
      element("rect", {
        x: 0.5,
        y: y + 0.5,
        width: SWATCH,
        height: SWATCH,
        rx: 3,
        fill,
        stroke: ink.absentInk,
      }),
      label(words, SWATCH + 9, y + 12.5, plain),
      label(formatCount(count), width, y + 12.5, soft, { "text-anchor": "end" }),
    );
    y += LINE;
  };

  write([`${indicator.short}, ${page.timeOf(scene)}`], strong);
  const unit = unitAbove(indicator.unit);
  write([unit || (indicator.name === indicator.short ? "" : indicator.name)], soft);
  const ends = hasNames(classes, indicator.kind) ? null : endWords(indicator);
  y += 6;
  if (ends) write([ends.low], soft);
  y += 3;
  const beside = showing === page ? amongClasses(page) : [];
  classes.counts.forEach((count, i) => {
    const inside = beside.filter(({ value }) => classOf(classes, value) === i);
    const words = [classWords(classes, i, indicator), ...inside.map(({ name }) => name)];
    line(showing.colours[i] ?? ink.absent, words.join(" · "), count);
  });
  if (ends) write([ends.high], soft);
  y += 5;
  for (const [status, count] of Object.entries(classes.missing_by_status)) {
    line(`url(#${status === "suppressed" ? "hidden" : "no-data"})`, statusWords([status]), count);
  }
  for (const note of [classes.note, ...modeNotes(picture)]) if (note) write([note], soft);
  const whose = whoseClasses(picture, page.atlas?.place ?? "");
  if (whose !== null) write([say("coloured-by", { whose })], soft);
  return { element: group, height: y };
}
