"""Intervals, relations, inequality and deprivation by scipy, statsmodels and numpy."""

from fractions import Fraction
from math import ceil, floor, sqrt

import numpy
import scipy.stats
import statsmodels.api
from statsmodels.stats.proportion import proportion_confint

from inputs import VECTORS, demo, write

LEVELS = {"95": 0.95, "99.8": 0.998}


def by_level(limits):
    return {name: [float(limit) for limit in limits(level)] for name, level in LEVELS.items()}


def proportion(count, n):
    return {
        "count": count,
        "n": n,
        "limits": by_level(lambda level: proportion_confint(count, n, 1 - level, method="wilson")),
    }


def byar(count, level):
    z = scipy.stats.norm.isf((1 - level) / 2)
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * sqrt(count + 1))) ** 3
    return lower, upper


def count_of_events(count):
    """Byar's limits as its formula stands; below ten events those from scipy's gamma distribution."""

    def limits(level):
        if count >= 10:
            return byar(count, level)
        tail = (1 - level) / 2
        lower = scipy.stats.gamma.ppf(tail, count) if count > 0 else 0.0
        return lower, scipy.stats.gamma.isf(tail, count + 1)

    return {"count": count, "limits": by_level(limits)}


def standardised_rate(counts, populations, weights, per):
    counts, populations, weights = map(numpy.array, (counts, populations, weights))
    shares = weights / weights.sum()
    rate = (shares * counts / populations).sum()
    variance = (shares**2 * counts / populations**2).sum()
    events = counts.sum()

    def limits(level):
        return [(rate + sqrt(variance / events) * (limit - events)) * per for limit in byar(events, level)]

    return {
        "counts": counts.tolist(),
        "populations": populations.tolist(),
        "weights": weights.tolist(),
        "per": per,
        "rate": rate * per,
        "limits": by_level(limits),
    }


def mean(values):
    values = numpy.array(values, dtype=float)
    error = scipy.stats.sem(values)
    freedom = len(values) - 1
    return by_level(lambda level: scipy.stats.t.interval(level, freedom, values.mean(), error))


def relation(x, y):
    x, y = numpy.array(x, dtype=float), numpy.array(y, dtype=float)
    pearson, spearman = scipy.stats.pearsonr(x, y), scipy.stats.spearmanr(x, y)
    line = statsmodels.api.OLS(y, statsmodels.api.add_constant(x)).fit()
    return {
        "pearson": [float(pearson.statistic), float(pearson.pvalue)],
        "spearman": [float(spearman.statistic), float(spearman.pvalue)],
        "intercept": float(line.params[0]),
        "slope": float(line.params[1]),
        "determination": float(line.rsquared),
        "intercept_limits": by_level(lambda level: line.conf_int(1 - level)[0]),
        "slope_limits": by_level(lambda level: line.conf_int(1 - level)[1]),
    }


def inequality(values, populations):
    """The line by statsmodels over the middles of the cumulative population."""
    values, populations = numpy.array(values, dtype=float), numpy.array(populations, dtype=float)
    ridits = (populations.cumsum() - populations / 2) / populations.sum()
    line = statsmodels.api.WLS(values, statsmodels.api.add_constant(ridits), weights=populations).fit()
    most, least = line.predict([[1, 0], [1, 1]])
    return {
        "values": values.tolist(),
        "populations": populations.tolist(),
        "slope_index": float(most - least),
        "relative_index": float(most / least),
    }


def summary_measures(scores, ranks, populations, country):
    """Person by person: everybody has the score and the rank of their small area."""
    person = numpy.repeat(numpy.arange(len(ranks)), populations)
    scores, ranks = numpy.array(scores), numpy.array(ranks)
    reversed_ranks = country + 1 - ranks
    hundredths = numpy.array([ceil(Fraction(int(rank) * 100, country)) for rank in ranks])
    steps = dict(zip(range(11, 31), numpy.linspace(0.95, 0.05, 20)))
    extent = numpy.array([1.0 if h <= 10 else steps.get(h, 0.0) for h in hundredths])
    most_deprived_first = numpy.sort(reversed_ranks[person])[::-1]
    return {
        "scores": scores.tolist(),
        "ranks": ranks.tolist(),
        "populations": list(populations),
        "country": country,
        "average_score": scores[person].mean(),
        "average_rank": reversed_ranks[person].mean(),
        "most_deprived_tenth": float((hundredths <= 10).mean()),
        "extent": extent[person].mean(),
        "local_concentration": most_deprived_first[: len(person) // 10].mean(),
    }


def deprivation_quantiles(n, k):
    def quantile(rank):
        return max(1, floor((k + 1) - ceil((n + 1 - rank) / Fraction(n, k))))

    return {"n": n, "k": k, "quantiles": [quantile(rank) for rank in range(1, n + 1)]}


density, households, crimes = demo("density"), demo("households"), demo("crimes")
generator = numpy.random.default_rng(20)
country = 1000
ranks = generator.choice(numpy.arange(1, country + 1), size=40, replace=False)
populations = generator.integers(100, 250, size=40) * 10

write(
    ["numpy", "scipy", "statsmodels"],
    {
        "proportions": [
            proportion(count, n)
            for count, n in [(65, 100), (0, 50), (50, 50), (1, 7), (3, 1000), (81, 263), (12345, 20000), (2.5, 9)]
        ],
        "counts": [count_of_events(count) for count in [0, 1, 2, 5, 7.5, 9, 10, 11, 65, 1000, 123456]],
        "standardised_rates": [
            standardised_rate([5, 20, 40], [10000, 8000, 4000], [50, 30, 20], 100000),
            standardised_rate([3, 0, 8, 31, 9], [4100, 3900, 5200, 1800, 650], [5, 5.5, 6, 4, 1.5], 1000),
        ],
        "means": {name: mean(values) for name, values in VECTORS.items()},
        "relations": {
            "density and crimes": relation(density, crimes),
            "households and crimes": relation(households, crimes),
            "density and households": relation(density, households),
        },
        "inequalities": [
            inequality([30, 24, 21, 17, 13], [1000, 1000, 1000, 1000, 1000]),
            inequality([81.2, 79.9, 83.1, 84.0, 85.5], [20500, 18100, 22000, 19999, 17500]),
            inequality([12.1, 9.4, 9.9, 7.2, 6.6, 6.9, 5.1, 4.8, 4.1, 3.0], list(range(310, 410, 10))),
        ],
        "summary_measures": [
            summary_measures(generator.gamma(2.0, 11.0, size=40), ranks, populations.tolist(), country),
        ],
        "deprivation_quantiles": [deprivation_quantiles(*of) for of in [(10, 10), (364, 5), (364, 10), (32, 7)]],
    },
)
