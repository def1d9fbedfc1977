// What a reader draws on the map to select by: the corners of a line, or a circle around a place.

import type { LonLat } from "../contract";

export interface Circle {
  centre: LonLat;
  km: number;
}

export class Sketch {
  /** While a line is drawn, clicks and Enter on the map add corners to it. */
  drawing = $state(false);
  corners = $state.raw<LonLat[]>([]);
  circle = $state.raw<Circle | null>(null);
  /** Of what is to be seen of the map; `null` until it is there. */
  centreOfMap: (() => LonLat) | null = null;

  begin(): void {
    this.clear();
    this.drawing = true;
  }

  add(corner: LonLat): void {
    const last = this.corners.at(-1);
    if (last && last[0] === corner[0] && last[1] === corner[1]) return;
    this.corners = [...this.corners, corner];
  }

  undo(): void {
    this.corners = this.corners.slice(0, -1);
  }

  /** Whether there was anything to clear. */
  clear(): boolean {
    const isAny = this.drawing || this.corners.length > 0 || this.circle !== null;
    this.drawing = false;
    this.corners = [];
    this.circle = null;
    return isAny;
  }
}
