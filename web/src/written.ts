// What the server wrote into the page before any script.

export interface Written {
  heading: string;
  finding: string;
  attribution: string;
}

/** To be read before the page that runs takes its place; its finding stays until the first answer is here. */
export function written(): Written {
  return {
    heading: textOf("heading"),
    finding: textOf("finding"),
    attribution: textOf("attribution"),
  };
}

function textOf(id: string): string {
  return document.getElementById(id)?.textContent?.trim() ?? "";
}
