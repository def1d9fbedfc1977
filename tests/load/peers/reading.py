"""Reading boundaries and values and joining them, as a whole process."""

import json

from programs import in_turn
from row import Row, check

ROUNDS = 3
INDICATORS = 250


def rows(release, peers, inputs, scratch):
    tessera, editions = release / "tessera", set()
    for work, areas, table, atlas, times, most in [
        ("read GeoJSON and a CSV of 250 columns, and join", "areas.geojson", ["wide.csv"], "csv", 4, 256),
        ("the same from Parquet", "areas.parquet", ["wide.parquet"], "parquet", None, None),
        ("the same from a long CSV of 8.7 million rows", "areas.geojson", ["long.csv", "long"], "long", 8, None),
    ]:
        theirs, ours = in_turn(
            ROUNDS,
            peers.worker("join.py", inputs / areas, inputs / table[0], *table[1:]),
            [tessera, "check", inputs / atlas, "--format", "json"],
        )
        ratio = theirs.seconds / ours.seconds
        joined, columns, missing = map(int, theirs.said.split())
        judged = json.loads(ours.said)
        editions.add(judged["edition"])
        matched = judged["tables"][0]["matched"] // (INDICATORS if atlas == "long" else 1)
        same = (joined, columns, missing, judged["errors"]) == (matched, INDICATORS, 0, 0) and len(editions) == 1
        yield Row(
            work,
            f"{peers.named('geopandas')}: {theirs}",
            f"{ours}",
            ratio,
            "" if times is None else f"{times} times{f', {most} MiB' if most else ''}",
            None if times is None else ratio >= times and ours.memory <= (most or float("inf")),
            check(same, f"{joined:,} areas joined by both, nothing missing; one edition from all three"),
        )
