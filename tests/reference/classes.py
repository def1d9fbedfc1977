"""Classes and histograms by mapclassify, jenkspy and numpy."""

import jenkspy
import mapclassify
import numpy

from inputs import inputs, write

K = [2, 3, 4, 5, 7, 10]


def classes(classifier):
    return {"upper_bounds": list(classifier.bins), "counts": classifier.counts.tolist()}


def sum_of_squares(values, upper_bounds):
    """Of the distances from the mean of the class, where a class holds lower < value <= upper."""
    class_of = numpy.searchsorted(upper_bounds, values, side="left")
    members = (values[class_of == one] for one in numpy.unique(class_of))
    return float(sum(((held - held.mean()) ** 2).sum() for held in members))


def natural_breaks(values, k):
    """jenkspy computes in double precision; mapclassify in single, so it may miss the optimum."""
    upper_bounds = jenkspy.jenks_breaks(values, n_classes=k)[1:]
    by_mapclassify = None
    if len(values) < 100 or k == 5:
        by_mapclassify = sum_of_squares(values, mapclassify.FisherJenks(values, k=k).bins)
    total = float(((values - values.mean()) ** 2).sum())
    return {
        "upper_bounds": upper_bounds,
        "sum_of_squares": sum_of_squares(values, upper_bounds),
        "goodness_of_variance_fit": 1 - sum_of_squares(values, upper_bounds) / total,
        "sum_of_squares_by_mapclassify": by_mapclassify,
    }


def histogram(values):
    """numpy's bins, 60 at most; counted with the upper end closed, where numpy closes the lower."""
    bins = len(numpy.histogram_bin_edges(values, bins="fd")) - 1
    edges = numpy.histogram_bin_edges(values, bins=min(bins, 60))
    bin_of = numpy.maximum(numpy.searchsorted(edges, values, side="left") - 1, 0)
    return {"edges": list(edges), "counts": numpy.bincount(bin_of, minlength=len(edges) - 1).tolist()}


def answers(values):
    distinct = len(numpy.unique(values))
    return {
        "quantile": {k: classes(mapclassify.Quantiles(values, k=k)) for k in K},
        "equal_interval": {k: classes(mapclassify.EqualInterval(values, k=k)) for k in K},
        "natural_breaks": {k: natural_breaks(values, k) for k in K if k < distinct},
        "standard_deviation": classes(mapclassify.StdMean(values)),
        "head_tail": list(mapclassify.HeadTailBreaks(values).bins),
        "histogram": histogram(values),
    }


write(
    ["jenkspy", "mapclassify", "numpy"],
    {name: {"input": given, **answers(values)} for name, given, values in inputs()},
)
