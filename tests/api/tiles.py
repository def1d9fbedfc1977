"""Opens the tiles of the demo atlas with GDAL: one as the server sends it, and a whole geography as PMTiles."""

import json
import sys
import tempfile
import urllib.request
from pathlib import Path

import pyogrio

url, edition = sys.argv[1], Path(sys.argv[2])
LAYERS = [["lsoa11", "MultiPolygon"], ["lsoa11-borders", "MultiLineString"]]
AREAS = 1388


def get(path: str) -> bytes:
    with urllib.request.urlopen(url + path) as answer:
        return answer.read()


def areas_of(source: Path, **options: str) -> int:
    about, _, _, (ids,) = pyogrio.raw.read(source, layer="lsoa11", **options)
    assert list(about["fields"]) == ["mvt_id"], about
    return len(set(ids))


with tempfile.TemporaryDirectory() as place:
    tile = Path(place) / "0.mvt"
    tile.write_bytes(get("/tiles/latest/lsoa11/0/0/0.mvt"))
    assert sorted(name for name, _ in pyogrio.list_layers(tile)) == ["lsoa11", "lsoa11-borders"]
    assert areas_of(tile) == AREAS

archive = edition / "tiles" / "lsoa11.pmtiles"
assert pyogrio.list_layers(archive).tolist() == LAYERS
last = json.loads(get("/tiles/latest/lsoa11.json"))["maxzoom"]
for zoom in range(last + 1):
    assert areas_of(archive, ZOOM_LEVEL=str(zoom)) == AREAS, zoom
print(f"tiles: GDAL {pyogrio.__gdal_version_string__} finds {AREAS} areas at each of {last + 1} zooms")
