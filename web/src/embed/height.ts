// An embed tells the page around it how tall it would like to be. Only the page that framed it is
// told: the browser delivers to its origin and to no other.

/** How wide and tall a map is pleasant to read, for a frame of a width in pixels. */
export function mapHeight(width: number): number {
  return Math.round(Math.min(640, Math.max(260, width * 0.62)));
}

/** The origin of the page around this one; `null` where it keeps it to itself, or there is none. */
export function originAround(referrer: string, isFramed: boolean): string | null {
  if (!isFramed || !URL.canParse(referrer)) return null;
  const { origin, protocol } = new URL(referrer);
  return protocol === "https:" || protocol === "http:" ? origin : null;
}

/** Tells the page around this one a height in pixels. */
export function tellHeight(height: number): void {
  const origin = originAround(document.referrer, window.parent !== window);
  if (origin) window.parent.postMessage({ type: "tessera:height", height }, origin);
}
