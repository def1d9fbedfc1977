"""Reference values from esda, libpysal and scipy for spatial association and smoothing.

It writes space.json beside this file; README.md says how to run it. West Yorkshire is the demo atlas of this repository: crimes recorded in July 2018
among the residents of 2011, and boundaries whose queen neighbours libpysal finds. The rest is made up.
"""

import csv
import importlib.metadata
import json
import warnings
from pathlib import Path

import esda
import geopandas
import libpysal
import numpy
import scipy.stats
from esda.significance import calculate_significance
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
ATLAS = HERE.parents[1]
PERMUTATIONS = 9999
SEED = 20111
FALSE_DISCOVERY_RATE = 0.05
QUADRANTS = {1: "high-high", 2: "low-high", 3: "low-low", 4: "high-low"}


def main():
    packages = ["esda", "libpysal", "geopandas", "numpy", "scipy"]
    write(
        {
            "made_by": "venv/bin/python tests/reference/space.py",
            "versions": {package: importlib.metadata.version(package) for package in packages},
            "permutations": PERMUTATIONS,
            "false_discovery_rate": FALSE_DISCOVERY_RATE,
            "cases": [west_yorkshire(), lattice_with_gaps(), counts_with_ties()],
            "nearest": nearest(),
        }
    )


def west_yorkshire():
    areas = geopandas.read_file(ATLAS / "boundaries/lsoa11.geojson").sort_values("LSOA11CD")
    crimes, residents = column("crime-2018-07.csv", "All crime"), column("census2011.csv", "Residents")
    codes = list(areas["LSOA11CD"])
    lists = libpysal.weights.Queen.from_dataframe(areas, use_index=False).neighbors
    neighbours = [sorted(lists[area]) for area in range(len(codes))]
    numerators, denominators = [crimes[code] for code in codes], [residents[code] for code in codes]
    values = [round(1000 * crime / people, 6) for crime, people in zip(numerators, denominators)]
    answer = case("West Yorkshire", values, neighbours)
    counts, people = numpy.array(numerators, dtype=float), numpy.array(denominators, dtype=float)
    w = libpysal.weights.W(dict(enumerate(neighbours)), id_order=list(range(len(codes))), silence_warnings=True)
    return answer | {
        "smoothing": {
            "numerators": numerators,
            "denominators": denominators,
            "global": rounded(Empirical_Bayes(counts, people).r.flatten()),
            "spatial": rounded(Spatial_Empirical_Bayes(counts, people, w).r.flatten()),
        }
    }


def lattice_with_gaps():
    """Queen neighbours on 12 by 12 squares, a slope with waves; gaps, two of which make the corner an island."""
    side = 12
    values = [round(row + 2.5 * numpy.sin(1.7 * row * column) + 0.1 * column, 6) for row in range(side) for column in range(side)]
    for gap in [1, side, side + 1, 40, 77, 78, 100]:
        values[gap] = None
    return case("lattice with gaps", values, queen(side))


def counts_with_ties():
    """Small counts, most of them 0, 1 or 2, high in one corner, and an area that touches nothing."""
    side = 9
    values = [(7 * row * row + 3 * column) % 3 + (6 if row + column < 5 else 0) for row in range(side) for column in range(side)]
    return case("counts with ties", values + [4], queen(side) + [[]])


def queen(side):
    cells = [(row, column) for row in range(side) for column in range(side)]
    return [
        [
            other
            for other, (other_row, other_column) in enumerate(cells)
            if (other_row, other_column) != (row, column)
            and abs(row - other_row) <= 1
            and abs(column - other_column) <= 1
        ]
        for row, column in cells
    ]


def case(name, values, neighbours):
    present = [area for area, value in enumerate(values) if value is not None]
    lists = {area: [other for other in neighbours[area] if values[other] is not None] for area in present}
    y = numpy.array([values[area] for area in present], dtype=float)

    def w():
        return libpysal.weights.W(lists, id_order=present, silence_warnings=True)

    moran = esda.Moran(y, w(), permutations=0)
    local = esda.Moran_Local(y, w(), permutations=PERMUTATIONS, seed=SEED)
    gi_star = esda.G_Local(y, w(), transform="B", star=True, permutations=PERMUTATIONS, seed=SEED, n_jobs=1)
    numpy.random.seed(SEED)
    simulated = esda.Moran(y, w(), permutations=PERMUTATIONS)
    # esda's moments (Sokal et al. 1998) are of the I whose z divide by n; its Is have z that divide by n - 1.
    conditional_z = (local.Is * len(y) / (len(y) - 1) - local.EIc) / numpy.sqrt(local.VIc)
    islands = {area for area in present if not lists[area]}

    def in_column(answers):
        by_area = dict(zip(present, answers))
        return [by_area.get(area) if area not in islands else None for area in range(len(values))]

    def local_answers(statistic, p_normal, simulations, classes):
        tested = [area not in islands for area in present]
        discoveries = scipy.stats.false_discovery_control(p_normal[tested]) <= FALSE_DISCOVERY_RATE
        return {
            "statistic": in_column(rounded(statistic)),
            "p_normal": in_column(rounded(p_normal)),
            "p": in_column([round(float(p), 5) for p in two_sided(statistic, simulations)]),
            "class": in_column(classes),
            "discoveries": int(discoveries.sum()),
        }

    z = gi_star.Zs
    return {
        "name": name,
        "values": values,
        "neighbours": neighbours,
        "islands": sorted(islands),
        "moran": {"i": moran.I, "expected": moran.EI, "p": float(simulated.p_sim)},
        "local_moran": local_answers(
            local.Is, 2 * scipy.stats.norm.sf(abs(conditional_z)), local.sim.T, [QUADRANTS[q] for q in local.q]
        ),
        "gi_star": local_answers(
            z, 2 * scipy.stats.norm.sf(abs(z)), gi_star_z(gi_star), ["hot" if score > 0 else "cold" for score in z]
        ),
    }


def two_sided(statistic, simulations):
    """Twice the smaller of esda's one-sided p.

    esda's own "two-sided" adds the share of the other tail beyond the mirrored percentile; that is nearly the same where
    there are no ties, and counts too much where there are. Sums of equal values in another order are made equal first.
    """
    statistic, simulations = numpy.round(statistic, 9), numpy.round(simulations, 9)
    tails = [calculate_significance(statistic, simulations, alternative=tail) for tail in ["greater", "lesser"]]
    return numpy.minimum(1, 2 * numpy.minimum(*tails)).flatten()


def gi_star_z(gi_star):
    """The simulated sums in the units of the z score, so that both are of one kind."""
    return (gi_star.rGs - gi_star.EGs[:, None]) / numpy.sqrt(gi_star.VGs)[:, None]


def nearest():
    """Places without order in Great Britain and, by arc distance, their nearest and those in 100 km."""
    golden = 1.618033988749895
    places = [(round(-6 + 8 * (i * golden % 1), 5), round(50 + 9 * (i * golden * 7.3 % 1), 5)) for i in range(60)]
    tree = libpysal.cg.KDTree(places, distance_metric="Arc", radius=6371.0088)
    knn = libpysal.weights.KNN(tree, k=4)
    band = libpysal.weights.DistanceBand(tree, threshold=100, binary=True, silence_warnings=True)
    return {
        "places": places,
        "k": 4,
        "nearest": [sorted(knn.neighbors[place]) for place in range(len(places))],
        "metres": 100_000,
        "within": [sorted(band.neighbors[place]) for place in range(len(places))],
    }


def column(file, heading):
    with open(ATLAS / "data" / file, newline="", encoding="utf-8") as rows:
        return {row["LSOA11CD"]: int(row[heading]) for row in csv.DictReader(rows)}


def rounded(numbers):
    """Thirteen significant digits: enough for 1e-9, and a file that is not too large."""
    return [float(f"{float(number):.13g}") for number in numbers]


def plain(thing):
    """Whole numbers of numpy as those of Python."""
    if isinstance(thing, numpy.generic):
        return thing.item()
    raise TypeError(type(thing))


def write(reference):
    text = json.dumps(reference, default=plain, separators=(",", ":"))
    (HERE / "space.json").write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
