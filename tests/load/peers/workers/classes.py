"""mapclassify: classes of a column. Says as the example of tessera-stats does. classes.py VALUES quantile|equal|jenks K"""

import sys
import time

import mapclassify
import numpy

# Natural breaks take seconds.
ROUNDS = {"quantile": 9, "equal": 9, "jenks": 1}


def main(values, method, k):
    values, k = numpy.loadtxt(values), int(k)
    classes = {"quantile": mapclassify.Quantiles, "equal": mapclassify.EqualInterval, "jenks": mapclassify.FisherJenks}[method]
    # What is compiled at the first call is none of the work.
    classes(values[:100], k=k)
    seconds = []
    for _ in range(ROUNDS[method]):
        begun = time.perf_counter()
        answer = classes(values, k=k)
        seconds.append(time.perf_counter() - begun)
    print(seconds)
    for bound in [values.min(), *answer.bins]:
        print(float(bound))


main(*sys.argv[1:])
