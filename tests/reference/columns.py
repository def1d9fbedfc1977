"""Quantiles, sums, means, spread and ranks by numpy, scipy and Python's math.fsum."""

import math

import numpy
import scipy.stats

from inputs import VECTORS, write

P = [0.0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.975, 1.0]


def answers(values):
    weights = numpy.arange(1, len(values) + 1) * 10.0
    return {
        "values": values.tolist(),
        "weights": weights.tolist(),
        "quantiles": [[p, float(numpy.quantile(values, p))] for p in P],
        "sum": math.fsum(values),
        "mean": float(numpy.mean(values)),
        "weighted_mean": float(numpy.average(values, weights=weights)),
        "standard_deviation": float(numpy.std(values, ddof=1)),
        "z_scores": scipy.stats.zscore(values, ddof=1).tolist(),
        "ranks_lowest_first": scipy.stats.rankdata(values, method="min").astype(int).tolist(),
        "ranks_highest_first": scipy.stats.rankdata(-values, method="min").astype(int).tolist(),
        "mid_ranks": scipy.stats.rankdata(values).tolist(),
        "percentiles": [
            float(scipy.stats.percentileofscore(values, value, kind="mean")) for value in values
        ],
    }


write(
    ["numpy", "scipy"],
    {name: answers(numpy.array(values, dtype=float)) for name, values in VECTORS.items()},
)
