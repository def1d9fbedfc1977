// Names on the map: as many as fit without touching, in the order given.

import L from "leaflet";
import type { LonLat } from "../contract";

interface Name {
  text: string;
  at: LonLat;
}

export class Names {
  readonly #group = L.layerGroup();
  #markers: { marker: L.Marker; element: HTMLElement }[] = [];

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
  ) {
    this.#group.addTo(map);
  }

  set(names: readonly Name[]): void {
    this.#group.clearLayers();
    this.#markers = names.map(({ text, at }) => {
      const element = document.createElement("span");
      element.textContent = text;
      const marker = L.marker([at[1], at[0]], {
        pane: this.pane,
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: "map-name", html: element, iconSize: [0, 0] }),
      });
      marker.addTo(this.#group);
      return { marker, element };
    });
    this.arrange();
  }

  /** Hides a name where it would touch one before it. */
  arrange(): void {
    const taken: { left: number; right: number; top: number; bottom: number }[] = [];
    for (const { marker, element } of this.#markers) {
      const point = this.map.latLngToLayerPoint(marker.getLatLng());
      const width = element.offsetWidth / 2 + 4;
      const height = element.offsetHeight / 2 + 2;
      const box = {
        left: point.x - width,
        right: point.x + width,
        top: point.y - height,
        bottom: point.y + height,
      };
      const touches = taken.some(
        (other) =>
          box.left < other.right &&
          box.right > other.left &&
          box.top < other.bottom &&
          box.bottom > other.top,
      );
      element.classList.toggle("is-crowded", touches);
      if (!touches) taken.push(box);
    }
  }
}
