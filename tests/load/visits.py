"""What readers and programs ask for: paths of one kind each, and what a visit to the page asks for from beginning to end."""

import json
import math
import random
import re
from urllib.parse import urlencode

GEOGRAPHY = "lsoa11"
# The fields that the page asks for, for its list.
LIST_FIELDS = "code,name,local_name,parents,notes"
# The zoom of the tiles of the whole country, and of a town.
COUNTRY_ZOOM, TOWN_ZOOM = 5, 8
# Some of everything: the answers of one kind are about equally large.
OF_A_KIND = 16
VISITORS = 12


class Atlas:
    """What must be known of an edition to ask it something."""

    def __init__(self, server):
        self.edition = json.loads(server.get("/api/v1/atlas"))["edition"]
        self.api = f"/api/v1/{self.edition}"
        self.tiles = f"/tiles/{self.edition}/{GEOGRAPHY}"
        catalog = json.loads(server.get(f"{self.api}/catalog"))
        periods = {one["id"]: one["periods"].get(GEOGRAPHY, []) for one in catalog["indicators"]}
        self.periods = {id: published for id, published in periods.items() if published}
        self.indicators = [id for id in self.periods if id.startswith("invented")]
        columns = json.loads(server.get(f"{self.api}/areas/{GEOGRAPHY}?fields=code,name,label_point"))["columns"]
        self.areas = list(zip(columns["code"], columns["name"], columns["label_point"]))
        about = json.loads(server.get(f"{self.tiles}.json"))
        self.bounds, self.last_zoom = about["bounds"], about["maxzoom"]
        self.page_files = re.findall(r'(?:src|href)="\.?(/assets/[^"]+)"', server.get("/").decode())

    def indicator(self, number):
        return self.indicators[number % len(self.indicators)]

    def area(self, number):
        """An area; those of consecutive numbers lie far from each other."""
        return self.areas[number * 7919 % len(self.areas)]

    def tiles_at(self, zoom, bounds):
        """The tiles that show a box of longitudes and latitudes; beyond the last zoom they are enlarged."""
        zoom = min(zoom, self.last_zoom)
        west, south, east, north = bounds
        left, top = tile_of(zoom, west, north)
        right, bottom = tile_of(zoom, east, south)
        return [f"{self.tiles}/{zoom}/{x}/{y}.mvt" for x in range(left, right + 1) for y in range(top, bottom + 1)]


def tile_of(zoom, longitude, latitude):
    sine = math.sin(math.radians(latitude))
    share = (longitude / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi))
    return tuple(int(part * 2**zoom) for part in share)


def all_tiles(atlas):
    """Those of the country and of all zooms beyond it."""
    return [tile for zoom in range(COUNTRY_ZOOM, atlas.last_zoom + 1) for tile in atlas.tiles_at(zoom, atlas.bounds)]


def columns(atlas, suffix):
    some = map(atlas.indicator, range(OF_A_KIND))
    return [f"{atlas.api}/values/{GEOGRAPHY}/{id}{suffix}?period={atlas.periods[id][-1]}" for id in some]


def classes(atlas):
    some = map(atlas.indicator, range(OF_A_KIND))
    return [f"{atlas.api}/classes/{GEOGRAPHY}/{id}?period={atlas.periods[id][-1]}" for id in some]


def counties(atlas):
    """Boxes as large as Worcestershire."""
    boxes = []
    for number in range(OF_A_KIND):
        _, _, (longitude, latitude) = atlas.area(number)
        box = (longitude - 0.45, latitude - 0.25, longitude + 0.45, latitude + 0.25)
        boxes.append(",".join(f"{side:.2f}" for side in box))
    return [f"{atlas.api}/layers/{GEOGRAPHY}.geojson?{urlencode({'bbox': box})}" for box in boxes]


def pages(atlas, path):
    return [f"{path}?indicator={atlas.indicator(number)}" for number in range(OF_A_KIND)]


def area_pages(atlas):
    return [f"/areas/{GEOGRAPHY}/{atlas.area(number)[0]}" for number in range(OF_A_KIND)]


def visits(atlas):
    """What some visitors ask for, each for other indicators and areas, mixed as if they were there at the same time."""
    paths = [path for number in range(VISITORS) for path in visit(atlas, number)]
    random.Random(1).shuffle(paths)
    return paths


def visit(atlas, number):
    """A visitor opens the page, looks at five more indicators and at a town, selects an area, searches for another, reads a profile
    and a trend, and opens the page of an area. Hovering asks for nothing. Recorded from the page in a browser."""
    first, steps = 10 * number, 6
    (code, _, (longitude, latitude)), (_, name, _), (other, _, _) = (atlas.area(number + far) for far in (0, 100, 200))
    areas = f"{atlas.api}/areas/{GEOGRAPHY}"
    town = (longitude - 0.7, latitude - 0.4, longitude + 0.7, latitude + 0.4)
    opened = atlas.indicator(first)
    return [
        *["/", *atlas.page_files, "/api/v1/atlas", f"{atlas.api}/catalog", f"{atlas.tiles}.json"],
        *[tile.replace(".mvt", ".bin") for tile in atlas.tiles_at(COUNTRY_ZOOM, atlas.bounds)],
        f"{areas}?{urlencode({'fields': LIST_FIELDS})}",
        f"{areas}.bin",
        *tint(atlas, first, -1),
        # With each indicator the page has what comes next: another, and the period before.
        *[path for step in range(steps) for path in tint(atlas, first + step + 1, -1) + tint(atlas, first + step, -2)],
        *[compared(atlas, atlas.areas[0][0], first + step) for step in range(steps)],
        *[tile.replace(".mvt", ".bin") for tile in atlas.tiles_at(TOWN_ZOOM, town)],
        *[f"{atlas.api}/neighbours/{GEOGRAPHY}", compared(atlas, code, first)],
        # A search for each key.
        *[f"{areas}?{urlencode({'q': name[:length]})}" for length in range(1, 8)],
        *[f"{atlas.api}/profile/{GEOGRAPHY}/{code}", f"{atlas.api}/trend/{GEOGRAPHY}/{opened}?areas={code}"],
        f"/areas/{GEOGRAPHY}/{other}",
    ]


def compared(atlas, code, number):
    """An area beside what it is compared with."""
    id = atlas.indicator(number)
    query = {"geography": GEOGRAPHY, "areas": code, "indicators": id, "period": atlas.periods[id][-1]}
    return f"{atlas.api}/compare?{urlencode(query)}"


def tint(atlas, number, period):
    """What the map is coloured by."""
    id = atlas.indicator(number)
    period = atlas.periods[id][max(period, -len(atlas.periods[id]))]
    return [
        f"{atlas.api}/values/{GEOGRAPHY}/{id}.bin?period={period}",
        f"{atlas.api}/classes/{GEOGRAPHY}/{id}?period={period}",
    ]
