// An embed tells the page around it how tall it would like to be. Only the page that framed it is
// told: the browser delivers to its origin and to no other.

/** How wide and tall a map is pleasant to read, for a frame of a width in pixels. */
export function mapHeight(width: number): number {
  return Math.round(Math.min(640, Math.max(260, width * 0.62)));
}

/** How tall the maps would like to be, with what stands below them or in front of them. */
export function roomHeight(room: HTMLElement): number {
  const frames = [...room.querySelectorAll<HTMLElement>(".map-frame")];
  // Of two maps beside each other the room is as tall as one.
  const rows = new Set(frames.map(({ offsetTop }) => offsetTop)).size;
  const width = frames[0]?.clientWidth ?? room.clientWidth;
  const drawn = frames.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
  const below = room.scrollHeight - (drawn / Math.max(1, frames.length)) * rows;
  return Math.max(rows * mapHeight(width) + below, inFront(room));
}

/** How tall a map must be for the boxes in front of it to be whole. */
function inFront(room: HTMLElement): number {
  const overlay = room.querySelector(".overlay");
  if (!overlay) return 0;
  const { position, top, bottom, rowGap } = getComputedStyle(overlay);
  if (position !== "absolute") return 0;
  const boxes = [...overlay.children].map(({ scrollHeight }) => scrollHeight).filter(Boolean);
  const [above, beneath, gap] = [top, bottom, rowGap].map(Number.parseFloat);
  return (
    boxes.reduce((sum, height) => sum + height + (gap || 0), 0) + (above || 0) + (beneath || 0)
  );
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
