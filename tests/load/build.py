#!/usr/bin/env python3
"""Measure what building and opening editions takes, and write it into docs/benchmarks.md.

    make national national-areas national-indicators build
    python3 tests/load/build.py target/release/tessera target/national target/national-areas target/national-indicators

Each atlas is built from nothing, built again with nothing changed, and built again after one value of one table changed; then its
edition is served. Times and peak memory are those of the whole process, of one run each. Needs Python 3.8 or later on Linux.
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- building:begin -->", "<!-- building:end -->"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("tessera", type=Path)
    arguments.add_argument("atlases", type=Path, nargs="+")
    arguments = arguments.parse_args()
    version = subprocess.run([arguments.tessera, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    rows = [measure(arguments.tessera.resolve(), atlas) for atlas in arguments.atlases]
    lines = [
        f"{version}, {datetime.date.today()}: {machine()}.",
        "",
        "| atlas | from nothing | nothing changed | one value changed | edition | ready to serve |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    document = DOCUMENT.read_text(encoding="utf-8")
    before, rest = document.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(before + "\n".join([BEGIN, "", *lines, "", END]) + after, encoding="utf-8")
    print("\n".join(lines))


def machine():
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    gigabytes = round(int(memory.group(1)) / 1024**2)
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} processors ({model.group(1) if model else platform.machine()}), {gigabytes} GB, load {busy:.1f} before"


def measure(tessera, atlas):
    with tempfile.TemporaryDirectory(dir=atlas.parent) as place:
        place = Path(place)
        # A copy, so that the measured change leaves no trace.
        folder, edition = place / "atlas", place / "edition"
        shutil.copytree(atlas, folder)
        build = [tessera, "build", folder, "--out", edition]
        anew, same = run(build), run(build)
        change_one_value(folder)
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


def change_one_value(folder):
    table = sorted((folder / "data").glob("[0-9]*-*.csv"))[0]
    heading, first, rest = table.read_text().split("\n", 2)
    cells = first.split(",")
    cells[1] = "1.5"
    table.write_text("\n".join([heading, ",".join(cells), rest]))


def serve(tessera, edition):
    """The seconds until the edition is ready, and the memory that its server then has, in MB."""
    begun = time.monotonic()
    command = [tessera, "serve", "--store", edition, "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = next(match.group(0) for line in process.stdout if (match := re.search(r"127\.0\.0\.1:[1-9]\d*", line)))
        urllib.request.urlopen(f"http://{address}/readyz").read()
        seconds = time.monotonic() - begun
        status = Path(f"/proc/{process.pid}/status").read_text()
        return seconds, int(re.search(r"VmRSS:\s*(\d+)", status).group(1)) * 1024 / 1e6
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
