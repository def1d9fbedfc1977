// What is put onto the clipboard, in the forms that other programs take. Where a browser refuses,
// the same can be kept as a file.

import { toPng } from "./drawing";
import { paragraphsHtml, type Table, tableHtml, tableText } from "./table";

/** Something to copy, by the type that a program asks for; a picture is drawn when it is wanted. */
export interface Forms {
  /** By media type. */
  types: Record<string, string | (() => Promise<Blob>)>;
  /** As which of them, and under which name, it is kept as a file. */
  file: { type: string; name: string };
}

export function sentenceForms(text: string, below: readonly string[]): Forms {
  return {
    types: {
      "text/plain": [text, ...below].join("\n"),
      "text/html": paragraphsHtml([text, ...below]),
    },
    file: { type: "text/plain", name: "sentence.txt" },
  };
}

export function tableForms(table: Table, below: readonly string[]): Forms {
  return {
    types: { "text/plain": tableText(table, below), "text/html": tableHtml(table, below) },
    file: { type: "text/plain", name: "table.tsv" },
  };
}

export function pictureForms(draw: () => SVGSVGElement | Promise<SVGSVGElement>): Forms {
  return {
    types: { "image/png": async () => toPng(await draw()) },
    file: { type: "image/png", name: "picture.png" },
  };
}

/** Whether the clipboard took it. The browser wants to be asked in the click itself, so nothing is awaited before. */
export async function toClipboard({ types }: Forms): Promise<boolean> {
  if (!navigator.clipboard?.write || typeof ClipboardItem === "undefined") return false;
  const blobs = Object.entries(types).map(([type, content]) => [type, asBlob(type, content)]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return false;
  }
}

export async function toFile({ types, file }: Forms): Promise<void> {
  const content = types[file.type];
  if (content === undefined) return;
  const address = URL.createObjectURL(await asBlob(file.type, content));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function asBlob(type: string, content: string | (() => Promise<Blob>)): Promise<Blob> {
  return typeof content === "string" ? Promise.resolve(new Blob([content], { type })) : content();
}
