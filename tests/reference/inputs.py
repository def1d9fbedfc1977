"""What the other programs are asked about, and how their answers are kept."""

import csv
import importlib.metadata
import json
import platform
import sys
from pathlib import Path

import numpy

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent

# Made-up figures: `skewed` has no ties and a few high values, `tied` has ties at both ends and in
# between, `signed` is on both sides of zero, `far` is far from zero and close together.
VECTORS = {
    "skewed": [
        12.4, 3.1, 47.9, 8.8, 5.05, 21.7, 1.3, 9.61, 76.2, 15.5, 2.75, 6.4, 33.3, 18.01, 4.2,
        0.9, 27.6, 11.11, 7.07, 58.4, 10.2, 14.3, 3.99,
    ],
    "tied": [0, 0, 4, 1, 0, 2, 7, 2, 0, 3, 3, 9, 1, 5, 0, 2, 3, 1, 6, 9],
    "signed": [-1.75, 0.25, -0.5, 1.125, 0.0, -2.375, 0.875, 2.5, -0.125, 1.5, -3.25],
    "far": [4096.5, 4097.25, 4099.0, 4099.125, 4103.0, 4103.5, 4110.75, 4096.75, 4112.0, 4121.5],
}

# Columns of the demo atlas, 1,388 small areas of West Yorkshire.
DEMO = {
    "density": ("data/census2011.csv", "Residents per hectare"),
    "households": ("data/census2011.csv", "Households"),
    "crimes": ("data/crime-2018-07.csv", "All crime"),
}


def demo(name):
    """A column of the demo atlas."""
    path, heading = DEMO[name]
    with open(REPOSITORY / path, newline="", encoding="utf-8") as file:
        return numpy.array([float(row[heading]) for row in csv.DictReader(file)])


def inputs():
    """Each input by its name: how it stands in the file of answers, and its values."""
    for name, values in VECTORS.items():
        yield name, {"values": [float(value) for value in values]}, numpy.array(values, dtype=float)
    for name, (path, heading) in DEMO.items():
        yield name, {"file": path, "column": heading}, demo(name)


def write(packages, answers):
    """Keeps the answers beside the script that asked, with the command and the versions."""
    script = Path(sys.argv[0])
    versions = {package: importlib.metadata.version(package) for package in packages}
    made = {
        "command": f"python tests/reference/{script.name}",
        "versions": {"python": platform.python_version(), **versions},
        "answers": answers,
    }
    text = json.dumps(made, indent=1, default=float)
    (HERE / script.with_suffix(".json").name).write_text(text + "\n", encoding="utf-8")
