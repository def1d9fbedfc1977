// A map as wide as the window would hold up whoever scrolls past it. Where the page scrolls behind it, one finger is
// the page's and two are the map's; the style sheet says where (`touch-action`).

/** What has gone further is no tap. */
const SWIPE_PX = 12;

/** Keeps single fingers from moving the map where the page scrolls behind it; `swiped` is told when one tries. */
export function leaveToPage(container: HTMLElement, swiped: () => void): void {
  let from: { x: number; y: number } | null = null;
  const capture = { capture: true, passive: true };
  container.addEventListener(
    "touchstart",
    (event) => {
      const [finger] = event.touches;
      const isAlone = finger !== undefined && event.touches.length === 1;
      from = null;
      if (!isAlone || getComputedStyle(container).touchAction === "none") return;
      from = { x: finger.clientX, y: finger.clientY };
      event.stopPropagation();
    },
    capture,
  );
  container.addEventListener(
    "touchmove",
    (event) => {
      const [finger] = event.touches;
      if (!from || !finger) return;
      if (Math.hypot(finger.clientX - from.x, finger.clientY - from.y) < SWIPE_PX) return;
      from = null;
      swiped();
    },
    capture,
  );
}
