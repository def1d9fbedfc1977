"""libpysal: the queen neighbours of areas. Says as the example of tessera-geo does. neighbours.py AREAS"""

import sys
import time
import warnings

import geopandas
from libpysal.weights import Queen

ROUNDS = 3
warnings.filterwarnings("ignore")

areas = geopandas.read_file(sys.argv[1])
seconds = []
for _ in range(ROUNDS):
    begun = time.perf_counter()
    weights = Queen.from_dataframe(areas, use_index=False)
    seconds.append(time.perf_counter() - begun)
print(seconds)
for area in range(len(areas)):
    print(*sorted(weights.neighbors[area]))
