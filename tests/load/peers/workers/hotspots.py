"""esda: local association with 999 permutations. Says as the example of tessera-stats does; the first of the rounds is cold.
hotspots.py VALUES NEIGHBOURS local-moran|gi-star"""

import sys
import time
import warnings

import esda
import numpy
from libpysal.weights import W

ROUNDS = 4
PERMUTATIONS = 999
warnings.filterwarnings("ignore")


def main(values, neighbours, statistic):
    values = numpy.loadtxt(values)
    with open(neighbours) as lines:
        lists = {area: [int(other) for other in line.split()] for area, line in enumerate(lines)}
    compute = {"local-moran": local_moran, "gi-star": gi_star}[statistic]
    seconds = []
    for _ in range(ROUNDS):
        weights = W(lists, silence_warnings=True)
        begun = time.perf_counter()
        statistics, p = compute(values, weights)
        seconds.append(time.perf_counter() - begun)
    print(seconds)
    for area in range(len(values)):
        print(float(statistics[area]), float(p[area]))


def local_moran(values, weights):
    answer = esda.Moran_Local(values, weights, permutations=PERMUTATIONS, seed=1)
    return answer.Is, answer.p_sim


def gi_star(values, weights):
    answer = esda.G_Local(values, weights, transform="B", star=True, permutations=PERMUTATIONS, seed=1)
    return answer.Zs, answer.p_sim


main(*sys.argv[1:])
