// A table as other programs take it: for a word processor with its rules, for a spreadsheet as
// columns between tabs.

/** A figure stands on the right, and is read as a number. */
export type Cell = string | { figure: string };

export interface Table {
  /** What the table shows, in one line. */
  caption: string;
  head: readonly Cell[];
  rows: readonly (readonly Cell[])[];
}

/** The table as text: caption, rows with tabs between their cells, and what is said below it. */
export function tableText({ caption, head, rows }: Table, below: readonly string[]): string {
  const lines = [head, ...rows].map((row) => row.map(cellText).join("\t"));
  return [caption, ...lines, "", ...below].join("\n");
}

/** The same as HTML that a word processor keeps the shape of. */
export function tableHtml({ caption, head, rows }: Table, below: readonly string[]): string {
  const root = document.createElement("div");
  const table = append(root, "table");
  // No style: the policy of the page forbids it, on the clipboard too.
  for (const [name, value] of [
    ["border", "1"],
    ["cellspacing", "0"],
    ["cellpadding", "4"],
  ] as const) {
    table.setAttribute(name, value);
  }
  append(table, "caption").textContent = caption;
  const heading = append(append(table, "thead"), "tr");
  for (const cell of head) write(append(heading, "th"), cell);
  const body = append(table, "tbody");
  for (const row of rows) {
    const line = append(body, "tr");
    for (const cell of row) write(append(line, "td"), cell);
  }
  for (const line of below) append(root, "p").textContent = line;
  return root.innerHTML;
}

/** Paragraphs as HTML. */
export function paragraphsHtml(lines: readonly string[]): string {
  const root = document.createElement("div");
  for (const line of lines) append(root, "p").textContent = line;
  return root.innerHTML;
}

function append(parent: HTMLElement, name: string): HTMLElement {
  return parent.appendChild(document.createElement(name));
}

function write(element: HTMLElement, cell: Cell): void {
  element.setAttribute("align", typeof cell === "string" ? "left" : "right");
  element.textContent = cellText(cell);
}

/** What a spreadsheet would take for a formula has an apostrophe before it, as in the CSV. */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell as one line without tabs; the minus of a figure is one that programs read. */
export function cellText(cell: Cell): string {
  if (typeof cell !== "string") return cell.figure.replace("−", "-");
  const line = cell.replace(/\s+/g, " ").trim();
  return FORMULA.test(line) ? `'${line}` : line;
}
