"""Methods on columns and borders, without reading; simplification as a whole process."""

import json
import statistics

from programs import in_seconds, in_turn, worked
from row import Row, check

# At this zoom a tenth of the places between the ends of borders are needed for lines that are true to half a pixel.
ZOOM = 5.84
CODE = "LSOA11CD"
SIMPLIFIED_ROUNDS = 3


def rows(release, peers, inputs, scratch):
    examples = release / "examples"
    neighbours = scratch / "neighbours.txt"
    yield queen(examples, peers, inputs, neighbours)
    yield from association(examples, peers, inputs, neighbours)
    yield from classes(examples, peers, inputs)
    yield simplified(examples, peers, inputs, scratch)


def median_of(seconds):
    return statistics.median(seconds)


def queen(examples, peers, inputs, neighbours):
    ours, answer, whole = worked([examples / "neighbours", inputs / "areas.geojson", CODE])
    neighbours.write_text(answer)
    theirs, other, _ = worked(peers.worker("neighbours.py", inputs / "areas.geojson"))
    ours, theirs = median_of(ours), median_of(theirs)
    links, others = links_of(answer), links_of(other)
    return Row(
        "queen neighbours",
        f"{peers.named('libpysal')}: {in_seconds(theirs)}",
        in_seconds(ours),
        theirs / ours,
        "10 times",
        theirs / ours >= 10,
        check(len(links ^ others) < len(links) / 1000, f"{len(links):,} links, {len(others):,} there, {len(links & others):,} the same"),
    )


def links_of(answer):
    lines = enumerate(answer.splitlines())
    return {(area, int(other)) for area, line in lines for other in line.split()}


def association(examples, peers, inputs, neighbours):
    values = inputs / "published.txt"
    for name, statistic in [("local Moran", "local-moran"), ("Gi*", "gi-star")]:
        ours, answer, whole = worked([examples / "hotspots", values, neighbours, statistic])
        (cold, *warm), other, other_whole = worked(peers.worker("hotspots.py", values, neighbours, statistic))
        ours, theirs = median_of(ours), median_of(warm)
        # Areas without neighbours have no answer here.
        pairs = [pair for pair in zip(numbers(answer), numbers(other), strict=True) if pair[0]]
        furthest = max(abs(one - two) / max(1, abs(two)) for (one, _), (two, _) in pairs)
        # There p is of one side. Both are drawn at random, from other permutations.
        agreeing = sum((one <= 0.05) == (2 * two <= 0.05) for (_, one), (_, two) in pairs) / len(pairs)
        yield Row(
            f"{name}, 999 permutations",
            f"{peers.named('esda')}: {in_seconds(theirs)} ({in_seconds(cold)} the first time), {other_whole.memory:,.0f} MiB",
            f"{in_seconds(ours)}, {whole.memory:,.0f} MiB",
            theirs / ours,
            "5 times, 200 MiB",
            theirs / ours >= 5 and whole.memory < 200,
            check(
                furthest < 1e-9 and agreeing > 0.95,
                f"{len(pairs):,} statistics to 10⁻⁹; whether p ≤ 0.05 for {agreeing:.1%}, by other permutations",
            ),
        )


def numbers(answer):
    return [tuple(map(float, line.split())) for line in answer.splitlines()]


def classes(examples, peers, inputs):
    for column, said in [("published.txt", "a published column"), ("distinct.txt", "numbers without ties")]:
        for k in (5, 7):
            yield natural_breaks(examples, peers, inputs / column, said, k)
    for name, method in [("quantiles", "quantile"), ("equal intervals", "equal")]:
        values = inputs / "distinct.txt"
        ours, answer, _ = worked([examples / "classes", values, method, "5"])
        theirs, other, _ = worked(peers.worker("classes.py", values, method, "5"))
        ours, theirs = median_of(ours), median_of(theirs)
        yield Row(
            f"{name}, 5 classes, numbers without ties",
            f"{peers.named('mapclassify')}: {in_seconds(theirs)}",
            in_seconds(ours),
            theirs / ours,
            "2 ms",
            ours < 0.002,
            check(are_close(answer, other), "the same breaks"),
        )


def natural_breaks(examples, peers, values, said, k):
    ours, answer, _ = worked([examples / "classes", values, "jenks", str(k)])
    theirs, other, _ = worked(["node", *peers.worker("natural_breaks.mjs", peers.node_packages, values, str(k))[1:]])
    third, another, _ = worked(peers.worker("classes.py", values, "jenks", str(k)))
    ours, theirs, third = map(median_of, (ours, theirs, third))
    column = sorted(map(float, values.read_text().split()))
    own, others = squares(column, answer), squares(column, another)
    better = "" if own > others * (1 - 1e-9) else f"; mapclassify's leave {others / own - 1:.1e} more of the variance"
    return Row(
        f"natural breaks, exact, {k} classes, {said}",
        f"{peers.named('simple-statistics')}: {in_seconds(theirs)}; {peers.named('mapclassify')}: {in_seconds(third)}",
        in_seconds(ours),
        theirs / ours,
        "5 times simple-statistics",
        theirs / ours >= 5,
        check(are_close(answer, other) and own <= others * (1 + 1e-9), f"the same breaks as simple-statistics{better}"),
    )


def are_close(one, other):
    pairs = list(zip(map(float, one.split()), map(float, other.split()), strict=True))
    return all(abs(one - other) <= 1e-9 * max(1, abs(other)) for one, other in pairs)


def squares(column, bounds):
    """The sum of the squares of the distances from the mean of the class, of sorted values."""
    total, begin = 0.0, 0
    for bound in list(map(float, bounds.split()))[1:]:
        end = begin
        while end < len(column) and column[end] <= bound * (1 + 1e-12):
            end += 1
        own = column[begin:end]
        mean = statistics.fmean(own) if own else 0
        total += sum((value - mean) ** 2 for value in own)
        begin = end
    return total


def simplified(examples, peers, inputs, scratch):
    own, other = scratch / "own.geojson", scratch / "other.geojson"
    mapshaper = peers.node_packages / "node_modules" / ".bin" / "mapshaper"
    theirs, ours = in_turn(
        SIMPLIFIED_ROUNDS,
        [mapshaper, inputs / "areas.geojson", "-simplify", "10%", "keep-shapes", "-o", other],
        [examples / "simplify", inputs / "areas.geojson", CODE, str(ZOOM), own],
    )
    before, after = map(int, ours.said.split())
    (areas, places), (others, other_places) = drawn(own), drawn(other)
    return Row(
        "read GeoJSON, simplify to 10% on shared borders, write GeoJSON",
        f"{peers.named('mapshaper')}: {theirs}",
        f"{ours}",
        theirs.seconds / ours.seconds,
        "3 times",
        theirs.seconds / ours.seconds >= 3,
        check(
            areas == others and after <= before * 0.105,
            f"{areas:,} areas with a shape in both; {after / before:.1%} kept, {places:,} places written, {other_places:,} there",
        ),
    )


def drawn(file):
    """How many areas have a shape, and of how many places in all."""
    features = json.loads(file.read_bytes())["features"]
    shapes = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    return sum(map(bool, shapes)), sum(map(places_of, shapes))


def places_of(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return 1
    return sum(map(places_of, coordinates))
