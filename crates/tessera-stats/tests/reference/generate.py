"""Reference values from numpy, scipy and mapclassify; README.md has the command."""

import json
import math
from pathlib import Path

import mapclassify
import numpy
import scipy.stats

# Made-up figures: `skewed` has no ties and a few high values, `tied` has ties at both ends and in
# between, `signed` is on both sides of zero.
VECTORS = {
    "skewed": [
        12.4, 3.1, 47.9, 8.8, 5.05, 21.7, 1.3, 9.61, 76.2, 15.5, 2.75, 6.4, 33.3, 18.01, 4.2,
        0.9, 27.6, 11.11, 7.07, 58.4, 10.2, 14.3, 3.99,
    ],
    "tied": [0, 0, 4, 1, 0, 2, 7, 2, 0, 3, 3, 9, 1, 5, 0, 2, 3, 1, 6, 9],
    "signed": [-1.75, 0.25, -0.5, 1.125, 0.0, -2.375, 0.875, 2.5, -0.125, 1.5, -3.25],
}
K = [2, 3, 4, 5, 7, 10]
P = [0.0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.975, 1.0]


def reference(values):
    values = numpy.array(values, dtype=float)
    weights = numpy.arange(1, len(values) + 1) * 10.0
    classes = {}
    for k in K:
        quantiles = mapclassify.Quantiles(values, k=k)
        equal_interval = mapclassify.EqualInterval(values, k=k)
        classes[k] = {
            "quantile": {"upper_bounds": list(quantiles.bins), "counts": quantiles.counts.tolist()},
            "equal_interval": {
                "upper_bounds": list(equal_interval.bins),
                "counts": equal_interval.counts.tolist(),
            },
        }
    return {
        "values": values.tolist(),
        "weights": weights.tolist(),
        "classes": classes,
        "quantiles": [[p, float(numpy.quantile(values, p))] for p in P],
        "sum": math.fsum(values),
        "mean": float(numpy.mean(values)),
        "weighted_mean": float(numpy.average(values, weights=weights)),
        "ranks_lowest_first": scipy.stats.rankdata(values, method="min").astype(int).tolist(),
        "ranks_highest_first": scipy.stats.rankdata(-values, method="min").astype(int).tolist(),
    }


here = Path(__file__).parent
answers = {name: reference(values) for name, values in VECTORS.items()}
(here / "reference.json").write_text(json.dumps(answers, indent=1, default=float) + "\n")
