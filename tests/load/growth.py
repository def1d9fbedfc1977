#!/usr/bin/env python3
"""Measure how the cost of an atlas grows with its areas, its indicators and its readers, and write it into docs/benchmarks.md.

    make build
    python3 tests/load/growth.py target/release/tessera target

The atlases are those of make_national.py, of one period; what is not in the folder yet is made, which takes some minutes. Times are of
one run, those of single requests medians. Needs wrk, and Python 3.8 or later on Linux.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import wrk
from report import heading, write_section
from server import Server

# By folder: areas and indicators.
ATLASES = {
    "national-county": (364, 25),
    "national-25": (34753, 25),
    "national-areas": (188880, 25),
    "national-250": (34753, 250),
    "national-indicators": (34753, 10000),
}
# Of how many columns each is asked for once.
ASKED = 20
# The atlas that many ask at once, how many, and for how long.
ASKED_AT_ONCE, CONNECTIONS, SECONDS = "national-250", (1, 16, 64, 512), 3
TILE = "8/126/84"
HEADINGS = ["areas", "indicators", "built in", "with", "edition", "ready in", "with", "classes of a column", "values", "its bytes", "catalogue"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("tessera", type=Path)
    arguments.add_argument("folder", type=Path, help="where the atlases are, and are made where they are missing")
    arguments = arguments.parse_args()
    # The server runs elsewhere.
    tessera, folder = arguments.tessera.resolve(), arguments.folder.resolve()
    for name, (areas, indicators) in ATLASES.items():
        make(folder / name, areas, indicators)
    first = heading(tessera)
    rows = [measure(tessera, folder / name, *size) for name, size in ATLASES.items()]
    lines = [first, "", as_line(HEADINGS), "|" + "---:|" * len(HEADINGS), *map(as_line, rows)]
    lines += ["", *connections(tessera, folder / ASKED_AT_ONCE)]
    write_section("growth", lines)


def make(folder, areas, indicators):
    if not (folder / "atlas.toml").exists():
        command = [sys.executable, Path(__file__).with_name("make_national.py"), folder, "--periods", "1"]
        subprocess.run([*command, "--areas", str(areas), "--indicators", str(indicators)], check=True)


def measure(tessera, atlas, areas, indicators):
    with tempfile.TemporaryDirectory(dir=atlas.parent) as place:
        edition = Path(place) / "edition"
        seconds, peak = build([tessera, "build", atlas, "--out", edition, "--quiet"])
        size = sum(file.stat().st_size for file in edition.rglob("*") if file.is_file())
        with Server([tessera, "serve", "--store", edition, "--listen", "127.0.0.1:0"]) as server:
            base = f"/api/v1/{json.loads(server.get('/readyz'))['edition']}"
            ready, memory = time.monotonic() - server.begun, server.memory()
            catalogue = len(gzip.compress(server.get(f"{base}/catalog")))
            step = max(1, indicators // ASKED)
            ids = [f"invented-{number:05}" for number in range(1, indicators + 1, step)][:ASKED]
            classes = [asked(server, f"{base}/classes/lsoa11/{id}")[0] for id in ids]
            values = [asked(server, f"{base}/values/lsoa11/{id}.bin") for id in ids]
    return [
        f"{areas:,}",
        f"{indicators:,}",
        f"{seconds:.1f} s",
        f"{peak:.0f} MB",
        f"{size / 1e6:.0f} MB",
        f"{ready:.2f} s",
        f"{memory:.0f} MB",
        f"{statistics.median(classes) * 1000:.1f} ms",
        f"{statistics.median(seconds for seconds, _ in values) * 1000:.1f} ms",
        f"{statistics.median(size for _, size in values) / 1000:.1f} kB",
        f"{catalogue / 1000:.0f} kB",
    ]


def connections(tessera, atlas):
    """Answers that are kept, by how many ask for them at once."""
    with tempfile.TemporaryDirectory(dir=atlas.parent) as place:
        edition = Path(place) / "edition"
        build([tessera, "build", atlas, "--out", edition, "--quiet"])
        with Server([tessera, "serve", "--store", edition, "--listen", "127.0.0.1:0"]) as server:
            id = server.edition()
            column = f"/api/v1/{id}/values/lsoa11/invented-00001.bin"
            kinds = {"tile": f"/tiles/{id}/lsoa11/{TILE}.mvt", "column, `.bin`": column, "`/`": "/"}
            yield as_line(["connections", *kinds, "memory"])
            yield "|" + "---:|" * (len(kinds) + 2)
            for count in CONNECTIONS:
                loads = [wrk.load(server, [path], count, SECONDS) for path in kinds.values()]
                yield as_line([str(count), *map(in_words, loads), f"{server.memory():.0f} MB"])


def in_words(load):
    failed = load["refused"] + load["broken"]
    said = f"{load['rate']:,.0f}/s, p50 {load['p50']:.2f} ms, p99 {load['p99']:.1f} ms"
    return f"{said}, **{failed:,} failed**" if failed else said


def build(command):
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(1)
    return time.monotonic() - begun, usage.ru_maxrss * 1024 / 1e6


def asked(server, path):
    """The seconds until the whole answer is there, and its bytes, packed as a browser asks for it."""
    begun = time.monotonic()
    answer = server.get(path, **{"Accept-Encoding": "gzip"})
    return time.monotonic() - begun, len(answer)


def as_line(cells):
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
