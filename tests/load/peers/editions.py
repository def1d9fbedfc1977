"""Building an edition and opening it."""

import json
import shutil
import statistics
import time

from programs import Run, in_seconds, in_turn, run
from row import Row, check
from server import Server

ROUNDS = 3

# Of the national atlas.
AREAS = 34_753


def rows(release, peers, inputs, scratch):
    tessera, edition = release / "tessera", scratch / "edition"
    build = [tessera, "build", inputs / "csv", "--out", edition, "--quiet"]
    anew = run([*build, "--anew"])
    maxzoom = tiles_of(tessera, edition)["maxzoom"]
    yield full_edition(peers, inputs, scratch, maxzoom, anew, "geometry alone", "areas.geojsonl", ["--exclude-all"])
    yield full_edition(peers, inputs, scratch, maxzoom, anew, "250 values baked into it", "baked.geojsonl", [])
    again = rebuilt(tessera, inputs, scratch, edition)
    yield Row(
        "build again after one table changed", "–", f"{again}", bar="2 s", reached=again.seconds < 2, same="by nothing else here"
    )
    yield opened(tessera, peers, inputs, edition)


def full_edition(peers, inputs, scratch, maxzoom, ours, what, file, options):
    tiles = scratch / "tiles.mbtiles"
    command = [peers.bin("tippecanoe"), "--quiet", "--force", "--output", tiles, "--layer", "lsoa11", "--read-parallel"]
    # As here: every area at every zoom, and neighbours that share their borders.
    command += ["--minimum-zoom", "0", "--maximum-zoom", str(maxzoom), "--no-feature-limit", "--no-tile-size-limit"]
    command += ["--no-tiny-polygon-reduction", "--no-simplification-of-shared-nodes", *options]
    theirs = run([*command, inputs / file])
    size = tiles.stat().st_size
    areas, others = (areas_on_one_tile(peers, archive) for archive in (scratch / "edition" / "tiles" / "lsoa11.pmtiles", tiles))
    return Row(
        f"tiles of zoom 0 to {maxzoom}; here with 250 columns, checked and packed, there {what}",
        f"{peers.named('tippecanoe')}: {theirs}, {size / 1e6:.0f} MB",
        f"{ours}, {bytes_of(scratch / 'edition') / 1e6:.0f} MB",
        theirs.seconds / ours.seconds,
        "45 s",
        ours.seconds < 45,
        # Some vanish there, whatever it is told.
        check(areas == AREAS, f"all {areas:,} areas on the tile of the world; there {others:,}"),
    )


def areas_on_one_tile(peers, archive):
    """How many areas are drawn at the zoom at which all are on one tile."""
    return run([peers.bin("tippecanoe-decode"), "--layer", "lsoa11", archive, "0", "0", "0"]).said.count('"Feature"')


def bytes_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def tiles_of(tessera, edition):
    with Server([tessera, "serve", "--store", edition, "--listen", "127.0.0.1:0"]) as server:
        return json.loads(server.get("/tiles/latest/lsoa11.json"))


def rebuilt(tessera, inputs, scratch, edition):
    """One value of one table of several changes; what is left is as it was."""
    folder = scratch / "changed"
    shutil.copytree(inputs / "csv", folder)
    table = folder / "wide.csv"
    text = table.read_text()
    heading, first, rest = text.split("\n", 2)
    cells = first.split(",")
    table.write_text("\n".join([heading, ",".join([cells[0], "1.5", *cells[2:]]), rest]))
    del text, rest
    again = run([tessera, "build", folder, "--out", edition, "--quiet"])
    shutil.rmtree(folder)
    return again


def opened(tessera, peers, inputs, edition):
    read = peers.worker("join.py", inputs / "areas.parquet", inputs / "wide.parquet")
    theirs = in_turn(ROUNDS, read)[0]
    seconds, memory = [], []
    for _ in range(ROUNDS):
        with Server([tessera, "serve", "--store", edition, "--listen", "127.0.0.1:0"]) as server:
            server.get("/readyz")
            seconds.append(time.monotonic() - server.begun)
            memory.append(server.memory() * 1e6 / 1024**2)
    ours = Run(statistics.median(seconds), max(memory), "")
    return Row(
        "open what was made before: there Parquet is read, here a server answers",
        f"{peers.named('geopandas')}: {theirs}",
        f"{in_seconds(ours.seconds)}, {ours.memory:,.0f} MiB",
        theirs.seconds / ours.seconds,
        "0.15 s, 150 MiB",
        ours.seconds < 0.15 and ours.memory < 150,
        "the same files as above",
    )
