// Sheets of style that come with a part of the page when it is opened.

/** Asks again for those that did not come: a browser leaves them, and the part would stand there without its style. */
export async function askForMissingSheets(): Promise<void> {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]');
  await Promise.all([...links].filter(isMissing).map(askAgain));
}

/** A browser may hold an empty sheet in the place of one that did not come, and refuse to show its rules. */
export function isMissing({ sheet }: Pick<HTMLLinkElement, "sheet">): boolean {
  try {
    return !sheet?.cssRules;
  } catch {
    return true;
  }
}

function askAgain(link: HTMLLinkElement): Promise<void> {
  const again = link.cloneNode() as HTMLLinkElement;
  return new Promise((done, failed) => {
    again.addEventListener("load", () => done());
    again.addEventListener("error", () => failed(new Error(again.href)));
    link.replaceWith(again);
  });
}
