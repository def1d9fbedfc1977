// A numbered pin on each selected area: at a county's scale the area itself may be a few pixels.

import L from "leaflet";
import type { LonLat } from "../contract";

/** More would hide the map; the areas stay outlined. */
export const MAX_PINS = 12;

export class Pins {
  readonly #group = L.layerGroup();

  constructor(
    map: L.Map,
    private readonly pane: string,
  ) {
    this.#group.addTo(map);
  }

  set(selected: readonly number[], points: readonly (LonLat | null)[]): void {
    this.#group.clearLayers();
    if (selected.length > MAX_PINS) return;
    selected.forEach((index, i) => {
      const at = points[index];
      if (!at) return;
      const element = document.createElement("span");
      element.textContent = String(i + 1);
      L.marker([at[1], at[0]], {
        pane: this.pane,
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: "map-pin", html: element, iconSize: [0, 0] }),
      }).addTo(this.#group);
    });
  }
}
