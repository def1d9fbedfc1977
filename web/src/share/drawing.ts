// Drawings as SVG elements: made, written with wrapped text, taken from the screen, and turned into
// pictures. Text is always set as text.

const NAMESPACE = "http://www.w3.org/2000/svg";
/** Pixels of a picture for one of its drawing: sharp on paper and on dense screens. */
const DENSITY = 2;
const LEAST_WIDTH = 720;

/** What a drawing is coloured with. */
export interface Ink {
  paper: string;
  ink: string;
  soft: string;
  line: string;
  land: string;
  selected: string;
  areaLine: string;
  areaLineDark: string;
  borderLine: string;
  absent: string;
  absentInk: string;
  font: string;
}

export function element<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number> = {},
  ...children: (SVGElement | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

export function drawingOf(width: number, height: number): SVGSVGElement {
  return element("svg", { xmlns: NAMESPACE, width, height, viewBox: `0 0 ${width} ${height}` });
}

/** Drawings go onto white paper, whichever colours the page has now. */
export function inLight<T>(read: () => T): T {
  const { dataset } = document.documentElement;
  const before = dataset.theme;
  dataset.theme = "light";
  try {
    return read();
  } finally {
    if (before === undefined) delete dataset.theme;
    else dataset.theme = before;
  }
}

/** The page's colours, as they are now. */
export function readInk(): Ink {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: token("paper"),
    ink: token("ink"),
    soft: token("soft"),
    line: token("line"),
    land: token("land"),
    selected: token("selected"),
    areaLine: token("area-line"),
    areaLineDark: token("area-line-dark"),
    borderLine: token("border-line"),
    absent: token("absent"),
    absentInk: token("absent-ink"),
    font: token("font"),
  };
}

export interface Lettering {
  size: number;
  weight: number;
  colour: string;
  font: string;
}

/** How wide a text would be, in pixels. */
export function measureWith({ size, weight, font }: Lettering): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * size * 0.55;
  context.font = `${weight} ${size}px ${font}`;
  return (text) => context.measureText(text).width;
}

/** A text in lines no wider than `width`: a word that is wider, such as an address, goes on in the next line. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    let rest = [...word];
    while (rest.length > 1 && measure(rest.join("")) > width) {
      const n = fitting(rest, width, measure);
      lines.push(rest.slice(0, n).join(""));
      rest = rest.slice(n);
    }
    line = rest.join("");
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** How many of the first letters fit: one at least, and never all. */
function fitting(letters: readonly string[], width: number, measure: (text: string) => number) {
  let [least, most] = [1, letters.length - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (measure(letters.slice(0, middle).join("")) <= width) least = middle;
    else most = middle - 1;
  }
  return Math.max(1, least);
}

/** Paragraphs below each other; `height` is what they take. */
export function paragraphs(
  texts: readonly string[],
  { x, y, width }: { x: number; y: number; width: number },
  lettering: Lettering,
): { element: SVGGElement; height: number } {
  const group = element("g");
  const leading = Math.round(lettering.size * 1.35);
  const measure = measureWith(lettering);
  let height = 0;
  for (const line of texts.flatMap((text) => wrapped(text, width, measure))) {
    group.append(label(line, x, y + height + lettering.size, lettering));
    height += leading;
  }
  return { element: group, height };
}

export function label(
  text: string,
  x: number,
  y: number,
  { size, weight, colour, font }: Lettering,
  more: Record<string, string | number> = {},
): SVGTextElement {
  return element(
    "text",
    { x, y, "font-family": font, "font-size": size, "font-weight": weight, fill: colour, ...more },
    text,
  );
}

/** What an SVG element of the page gets from its stylesheets. */
const STYLED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "visibility",
  "display",
  "paint-order",
];

/** What stands above and below a chart needs more room than a narrow panel has: the chart is as much larger. */
function setSize(drawing: SVGSVGElement, width: number, height: number): void {
  const scale = Math.max(1, LEAST_WIDTH / width);
  drawing.setAttribute("width", String(Math.round(scale * width)));
  drawing.setAttribute("height", String(Math.round(scale * height)));
}

/** A chart as it stands on the page, with its own looks, in the colours of light paper. */
export function drawingFrom(chart: SVGSVGElement): SVGSVGElement {
  const copy = styledCopy(chart);
  const { width, height } = chart.getBoundingClientRect();
  setSize(copy, width, height);
  return copy;
}

function styledCopy(chart: SVGSVGElement): SVGSVGElement {
  return inLight(() => {
    const copy = chart.cloneNode(true) as SVGSVGElement;
    const originals = [chart, ...chart.querySelectorAll("*")];
    const copies = [copy, ...copy.querySelectorAll("*")];
    originals.forEach((original, i) => {
      const style = getComputedStyle(original);
      copies[i]?.removeAttribute("style");
      copies[i]?.removeAttribute("class");
      for (const name of STYLED) copies[i]?.setAttribute(name, style.getPropertyValue(name));
    });
    const { width, height } = chart.getBoundingClientRect();
    copy.setAttribute("xmlns", NAMESPACE);
    copy.setAttribute("width", String(Math.round(width)));
    copy.setAttribute("height", String(Math.round(height)));
    if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
    return copy;
  });
}

/** A chart in layers above each other, some of them drawn by points. */
export function layersFrom(chart: Element): SVGSVGElement {
  const { width, height } = chart.getBoundingClientRect();
  const whole = drawingOf(Math.round(width), Math.round(height));
  setSize(whole, width, height);
  for (const layer of chart.children) {
    if (layer instanceof SVGSVGElement) whole.append(styledCopy(layer));
    else if (layer instanceof HTMLCanvasElement)
      whole.append(element("image", { width, height, href: layer.toDataURL() }));
  }
  return whole;
}

export async function toPng(drawing: SVGSVGElement): Promise<Blob> {
  const text = new XMLSerializer().serializeToString(drawing);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Number(drawing.getAttribute("width")) * DENSITY;
    canvas.height = Number(drawing.getAttribute("height")) * DENSITY;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((made, failed) =>
      canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error("no picture"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
