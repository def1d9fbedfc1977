#!/usr/bin/env python3
"""Measure what building and opening editions takes, and write it into docs/benchmarks.md.

    make national national-areas national-indicators build
    python3 tests/load/build.py target/release/tessera target/national target/national-areas target/national-indicators

Each atlas is built from nothing, built again with nothing changed, and built again after one value of one table changed; then its
edition is served. Times and peak memory are those of the whole process, of one run each. Needs Python 3.8 or later on Linux.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sources
from report import heading, write_section
from server import Server


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("tessera", type=Path)
    arguments.add_argument("atlases", type=Path, nargs="+")
    arguments = arguments.parse_args()
    first = heading(arguments.tessera)
    rows = [measure(arguments.tessera.resolve(), atlas.resolve()) for atlas in arguments.atlases]
    lines = [
        first,
        "",
        "| atlas | from nothing | nothing changed | one value changed | edition | ready to serve |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    write_section("building", lines)


def measure(tessera, atlas):
    with tempfile.TemporaryDirectory(dir=atlas.parent) as place:
        place = Path(place)
        # A copy, so that the measured change leaves no trace.
        folder, edition = place / "atlas", place / "edition"
        sources.copy(atlas, folder)
        build = [tessera, "build", folder, "--out", edition]
        anew, same = run(build), run(build)
        sources.change_one_value(folder)
        changed = run(build)
        size = sum(file.stat().st_size for file in edition.rglob("*") if file.is_file())
        seconds, resident = serve(tessera, edition)
    cells = [atlas.name, *map(told, (anew, same, changed)), f"{size / 1e6:.0f} MB", f"{seconds:.2f} s, {resident:.0f} MB"]
    return f"| {' | '.join(cells)} |"


def told(figures):
    seconds, processor, peak, columns = figures
    return f"{seconds:.1f} s ({processor:.1f} s of processors), {peak:.0f} MB; {columns}"


def run(command):
    """The seconds on the clock and of processors, the peak of memory in MB, and what became of the columns."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    if status != 0:
        sys.exit(said)
    columns = re.search(r"^columns: (\d+) made", said, re.MULTILINE).group(1)
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, f"{int(columns):,} column{'' if int(columns) == 1 else 's'} made"


def serve(tessera, edition):
    """The seconds until the edition is ready, and the memory that its server then has, in MB."""
    with Server([tessera, "serve", "--store", edition, "--listen", "127.0.0.1:0"]) as server:
        server.get("/readyz")
        return time.monotonic() - server.begun, server.memory()


if __name__ == "__main__":
    main()
