"""Servers, asked by wrk on the same machine."""

import json
import random
import socket
import statistics
import subprocess
import sys
import time

import wrk
from answers import Answers
from others import limit_of
from programs import ENVIRONMENT, run
from row import Row, check
from server import Server

ROUNDS, SECONDS = 3, 4
# For answers of seconds each.
SLOW_SECONDS = 20
CODE = "LSOA11CD"
INDICATOR = "invented-00001"
# Worcestershire, with what lies around it.
COUNTY = (-2.6632, 51.9666, -1.7574, 52.4553)
TILE = "8/126/84"
BOXES = 5000


def rows(release, peers, inputs, scratch, limit):
    edition = scratch / "served"
    run([release / "tessera", "build", inputs / "csv", "--out", edition, "--quiet"])
    with Server([release / "tessera", "serve", "--store", edition, "--listen", "127.0.0.1:0"]) as ours:
        id = ours.edition()
        with pygeoapi(peers, inputs, scratch) as theirs:
            yield from layers(peers, ours, theirs, f"/api/v1/{id}")
            yield column(peers, ours, theirs, f"/api/v1/{id}")
        yield from beside_the_limit(limit, ours, id)
        if not martin_of(peers).exists():
            print("martin is not installed: its tiles are left out", file=sys.stderr)
            return
        with martin(peers, edition / "tiles" / "lsoa11.pmtiles") as theirs:
            for connections in (16, 64):
                yield tiles(peers, ours, theirs, f"/tiles/{id}/lsoa11/{TILE}.mvt", f"/lsoa11/{TILE}", connections)


def layers(peers, ours, theirs, base):
    own = f"{base}/layers/lsoa11.geojson?indicator={INDICATOR}&bbox="
    other = f"/collections/areas/items?f=json&limit=10000&properties={INDICATOR}&bbox="
    county = ",".join(map(str, COUNTY))
    same = alike(json.loads(ours.get(own + county)), json.loads(theirs.get(other + county)))
    chance = random.Random(1)
    west, *others = COUNTY
    many = [",".join(map(str, (west + chance.random() / 1000, *others))) for _ in range(BOXES)]
    for what, boxes, times in [("each another", many, None), ("the same again and again", [county], 100)]:
        ratio, theirs_said, ours_said = asked((theirs, [other + box for box in boxes]), (ours, [own + box for box in boxes]), 16)
        yield Row(
            f"GeoJSON of the areas in the box of a county, {what}, 16 connections",
            f"{peers.named('pygeoapi')}: {theirs_said}",
            ours_said,
            ratio,
            "" if times is None else f"{times} times",
            None if times is None else ratio >= times,
            same,
        )


def alike(own, other):
    """Tessera gives what touches the box, pygeoapi's Parquet provider what lies within it."""
    own_values = {feature["id"]: feature["properties"]["value"] for feature in own["features"] if is_inside(feature)}
    other_values = {feature["properties"][CODE]: feature["properties"][INDICATOR] for feature in other["features"]}
    touching = len(own["features"]) - len(own_values)
    return check(own_values == other_values, f"the same {len(own_values)} areas and values, and {touching} more here that reach into the box")


def is_inside(feature):
    west, south, east, north = COUNTY
    return all(west < lon < east and south < lat < north for lon, lat in places(feature["geometry"]["coordinates"]))


def places(coordinates):
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[:2]
    else:
        for part in coordinates:
            yield from places(part)


def column(peers, ours, theirs, base):
    own = f"{base}/values/lsoa11/{INDICATOR}"
    other = f"/collections/areas/items?f=json&limit=50000&properties={INDICATOR}&skipGeometry=true"
    own_values = json.loads(ours.get(own))["periods"]["2024"]["values"]
    other_values = [feature["properties"][INDICATOR] for feature in json.loads(theirs.get(other))["features"]]
    ratio, theirs_said, ours_said = asked((theirs, [other]), (ours, [own]), 16, SLOW_SECONDS)
    same = check(own_values == other_values, f"the same {len(own_values):,} values")
    return Row("one column, as JSON, 16 connections", f"{peers.named('pygeoapi')}: {theirs_said}", ours_said, ratio, same=same)


def tiles(peers, ours, theirs, own, other, connections):
    one, two = (server.get(path, **{"Accept-Encoding": wrk.ENCODINGS}) for server, path in [(ours, own), (theirs, other)])
    ratio, theirs_said, ours_said = asked((theirs, [other]), (ours, [own]), connections)
    return Row(
        f"a tile of {len(one) / 1000:.0f} kB, {connections} connections",
        f"martin {martin_version(peers)}: {theirs_said}",
        ours_said,
        ratio,
        "as often",
        ratio >= 1,
        check(one == two, "the same bytes of the same archive"),
    )


def beside_the_limit(limit, ours, edition):
    """A bare axum server that answers the same bytes from memory."""
    paths = [f"/tiles/{edition}/lsoa11/{TILE}.mvt", f"/api/v1/{edition}/values/lsoa11/{INDICATOR}.bin"]
    answers = Answers(ours)
    answers.ask(paths)
    with limit_of(limit, answers) as theirs:
        for path, what, counts in zip(paths, ("a tile", "one column, as `.bin`"), ((16, 64), (16,))):
            for connections in counts:
                ratio, theirs_said, ours_said = asked((theirs, [path]), (ours, [path]), connections)
                yield Row(
                    f"{what} of {answers.size(path) / 1000:.0f} kB, {connections} connections",
                    f"a bare axum server: {theirs_said}",
                    ours_said,
                    ratio,
                    "0.75 of it",
                    ratio >= 0.75,
                    "it has the answer of ours",
                )


def asked(theirs, ours, connections, seconds=SECONDS):
    """Both in turn; how many times as often ours answers, and what to say of each."""
    rounds = [[wrk.load(server, paths, connections, seconds) for server, paths in (theirs, ours)] for _ in range(ROUNDS)]
    often, said = [], []
    for (server, _), own in zip((theirs, ours), zip(*rounds)):
        if any(figures["refused"] or figures["broken"] for figures in own):
            raise SystemExit(f"{server.url} did not answer everything")
        often.append(statistics.median(figures["rate"] for figures in own))
        if often[-1] == 0:
            raise SystemExit(f"{server.url} answered nothing in {seconds} s")
        late = statistics.median(figures["p99"] for figures in own)
        said.append(f"{often[-1]:,.{0 if often[-1] >= 10 else 2}f}/s, p99 {late:,.1f} ms")
    return often[1] / often[0], *said


class Peer(Server):
    """A server that does not say on which port it is, or not on standard output: it is given one, and asked until it answers."""

    def __init__(self, command, port, ready, **environment):
        self.url = f"http://127.0.0.1:{port}"
        self.log = open("/dev/null", "w")
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            # What nobody reads would fill a pipe, and stop it.
            [str(part) for part in command], stdout=self.log, stderr=self.log, env=ENVIRONMENT | environment
        )
        while self.process.poll() is None:
            try:
                self.get(ready)
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{command[0]} did not start")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def pygeoapi(peers, inputs, scratch):
    port = free_port()
    config, openapi = scratch / "pygeoapi.yml", scratch / "openapi.yml"
    words = {"title": "Areas", "description": "Areas", "keywords": ["areas"]}
    license = {"name": "none", "url": "http://127.0.0.1"}
    provider = {
        "type": "feature",
        "name": "Parquet",
        "data": {"source": str(inputs / "joined.parquet")},
        "id_field": CODE,
        "x_field": ["minx", "maxx"],
        "y_field": ["miny", "maxy"],
    }
    area = {
        "type": "collection",
        **words,
        "extents": {"spatial": {"bbox": [-7, 49, 2, 56], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
        "links": [],
        "providers": [provider],
    }
    described = {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-GB"],
            "limits": {"default_items": 10, "max_items": 50000},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {**words, "terms_of_service": "none", "url": "http://127.0.0.1"},
            "license": license,
            "provider": license,
            "contact": {"name": "none"},
        },
        "resources": {"areas": area},
    }
    # JSON is YAML, too.
    config.write_text(json.dumps(described))
    settings = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    generate = [peers.bin("pygeoapi"), "openapi", "generate", config, "--output-file", openapi]
    subprocess.run(generate, check=True, env=ENVIRONMENT | settings, capture_output=True)
    command = [peers.bin("gunicorn"), "--workers", "2", "--bind", f"127.0.0.1:{port}", "pygeoapi.flask_app:APP"]
    return Peer(command, port, "/", **settings)


def martin(peers, archive):
    port = free_port()
    return Peer([martin_of(peers), archive, "--listen-addresses", f"127.0.0.1:{port}"], port, "/health", RUST_LOG="error")


def martin_version(peers):
    return run([martin_of(peers), "--version"]).said.split()[-1]


def martin_of(peers):
    return peers.folder / "martin" / "bin" / "martin"
