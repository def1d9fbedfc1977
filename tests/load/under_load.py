#!/usr/bin/env python3
"""Measure a server under load, beside the most that the machine allows, and write it into docs/benchmarks.md.

    make bench-load

or, with all its parts named,

    python3 tests/load/under_load.py target/release/tessera target/national target/limit/release/tessera-limit

For each kind of answer: the first answer to each address, then load on 1 to 512 connections, in turns with a bare axum server that
answers the same bytes from memory (`tests/load/limit`) and, for tiles, with martin where it is installed (or named by MARTIN).
Then the load of visitors while the atlas changes, and while hundreds of other clients send or read a byte now and then. Needs
wrk, and Python 3.8 or later on Linux; takes about five minutes, and once a minute more, to build the edition.
"""

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import time
from pathlib import Path

import sources
import visits
import wrk
from answers import Answers
from others import limit_of, martin_of, version_of
from report import heading, write_section
from server import Server
from slow import slow_clients

CONNECTIONS = (1, 16, 64, 512)
# The kinds that there are bars for.
TILE, COLUMN = "tile", "column, `.bin`"
TILE_BYTES = 14_000
# The build has what this load leaves of the processors.
CHANGING_CONNECTIONS, CHANGING_SECONDS = 64, 30


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("tessera", type=Path)
    arguments.add_argument("atlas", type=Path)
    arguments.add_argument("limit", type=Path)
    arguments.add_argument("--rounds", type=int, default=2, help="how often each load is put on, a second each time")
    arguments = arguments.parse_args()
    martin = os.environ.get("MARTIN") or shutil.which("martin")
    first = heading(arguments.tessera, wrk.version(), *([version_of(martin)] if martin else []))
    national = arguments.atlas.resolve()
    place = national.with_name(f"{national.name}-under-load")
    shutil.rmtree(place / "atlas", ignore_errors=True)
    sources.copy(national, place / "atlas")
    store = place / "store"
    # So much that all answers asked for here are kept.
    serve = [arguments.tessera.resolve(), "serve", "--listen", "127.0.0.1:0", "--memory", "1GB", "--store", store]
    lines = [first, ""]
    with Server([*serve, place / "atlas"]) as server:
        server.settle()
        atlas = visits.Atlas(server)
        answers = Answers(server)
        kinds = kinds_of(atlas, answers)
        before = server.memory()
        archive = store / "editions" / atlas.edition / "tiles" / f"{visits.GEOGRAPHY}.pmtiles"
        with contextlib.ExitStack() as stack:
            limit = stack.enter_context(limit_of(arguments.limit, answers))
            by_martin = stack.enter_context(martin_of(martin, archive, atlas, answers, kinds[TILE]))
            lines += measure(server, limit, by_martin, kinds, answers, arguments.rounds)
        lines += ["", memory_of(server, before)]
        lines += ["", change(server, atlas, place / "atlas", kinds["a visit"])]
    lines += ["", beside_slow_clients(serve, kinds[TILE])]
    write_section("load", lines)


def kinds_of(atlas, answers):
    """The paths of each kind. Each is asked for once."""
    tiles = visits.all_tiles(atlas)
    answers.ask(tiles)
    kinds = {
        TILE: sorted(tiles, key=lambda path: abs(answers.size(path) - TILE_BYTES))[: visits.OF_A_KIND],
        COLUMN: visits.columns(atlas, ".bin"),
        "column, `.json`": visits.columns(atlas, ""),
        "classes": visits.classes(atlas),
        "county as GeoJSON": visits.counties(atlas),
        "`/`": visits.pages(atlas, "/"),
        "`/table`": visits.pages(atlas, "/table"),
        "`/areas/…`": visits.area_pages(atlas),
        "a visit": visits.visits(atlas),
    }
    for paths in kinds.values():
        answers.ask(paths)
    return kinds


def measure(server, limit, by_martin, kinds, answers, rounds):
    """Three tables: what an answer costs, how many there are by connections, and how many the limit gives."""
    costs, rates, failed = [], [], {"requests": 0, "refused": 0, "broken": 0}
    for kind, paths in kinds.items():
        print(f"{kind} …", file=sys.stderr)
        cells = []
        answers.again(paths)
        for connections in CONNECTIONS:
            turns = [(server, paths), (limit, paths), *([by_martin] if by_martin and kind == TILE else [])]
            ours, most, *martins = in_turns(turns, connections, rounds)
            cells.append([ours, most, *martins])
            tell_failures(kind, connections, ours)
            failed = {name: number + ours[name] for name, number in failed.items()}
        rates.append(row(kind, [f"{cell(ours)} · **{ours['rate'] / most['rate']:.2f}**" for ours, most, *_ in cells]))
        if len(cells[0]) > 2:
            rates.append(row(f"{kind}, by martin", [f"{cell(theirs)} · {theirs['rate'] / most['rate']:.2f}" for _, most, theirs in cells]))
        elif kind == TILE:
            rates.append(row(f"{kind}, by martin", ["not measured"] * len(CONNECTIONS)))
        at_16 = cells[CONNECTIONS.index(16)]
        median, worst = answers.first_ms(paths)
        size = f"{answers.median_size(paths) / 1e3:.1f} kB"
        work = [f"{figures['work']:.0f} µs" for figures in at_16[:2]]
        costs.append(row(kind, [str(len(paths)), size, f"{median:.1f} ms", f"{worst:.0f} ms", *work]))
    return [
        "| kind | addresses | median answer, gzip | first answer, median | … at worst | processor, an answer again | … of the limit |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *costs,
        "",
        "| kind | 1 connection | 16 | 64 | 512 |",
        "|---|---:|---:|---:|---:|",
        *rates,
        "",
        f"Of {failed['requests']:,} requests {failed['refused']:,} were refused, as those are that come on more connections than the server takes, and {failed['broken']:,} broken off.",
    ]


def tell_failures(kind, connections, figures):
    if figures["refused"] + figures["broken"] > 0:
        print(f"{kind}, {connections} connections: {figures['refused']} refused, {figures['broken']} broken", file=sys.stderr)


def in_turns(turns, connections, rounds):
    """The means of some rounds, in which one server follows the other, so that all see the same machine."""
    runs = [[wrk.load(server, paths, connections, 1) for server, paths in turns] for _ in range(rounds)]
    return [mean(of_one) for of_one in zip(*runs)]


def mean(runs):
    counted = {key: sum(run[key] for run in runs) for key in ("requests", "refused", "broken")}
    return {**{key: statistics.mean(run[key] for run in runs) for key in runs[0]}, **counted}


def cell(figures):
    return f"{figures['rate']:,.0f}/s · {ms(figures['p50'])} / {ms(figures['p99'])}"


def ms(time):
    return f"{time:.2f}" if time < 1 else f"{time:.1f}" if time < 10 else f"{time:.0f}"


def row(name, cells):
    return f"| {name} | {' | '.join(cells)} |"


def memory_of(server, before):
    return f"Memory of the server: {before:.0f} MB before, {server.memory():.0f} MB after, {server.most_memory():.0f} MB at most."


def change(server, atlas, folder, paths):
    """Visitors while one value of a table changes: the server builds, publishes and moves."""
    print("a change …", file=sys.stderr)
    calm = wrk.load(server, paths, CHANGING_CONNECTIONS, 3)
    load = wrk.Load(server, paths, CHANGING_CONNECTIONS, CHANGING_SECONDS)
    begun = time.monotonic()
    time.sleep(2)
    sources.change_one_value(folder)
    moved = None
    while moved is None and time.monotonic() - begun < CHANGING_SECONDS - 1:
        time.sleep(0.1)
        if server.edition() != atlas.edition:
            moved = time.monotonic() - begun - 2
    during = load.result()
    if moved is None:
        sys.exit(f"the change was not published within {CHANGING_SECONDS - 3} s")
    return (
        f"While one value of a table changed and the new edition was built and published, {moved:.1f} s from the change to the move: "
        f"visits on {CHANGING_CONNECTIONS} connections got {during['rate']:,.0f} answers a second, p50 {ms(during['p50'])} ms, "
        f"p99 {ms(during['p99'])} ms, the slowest {ms(during['worst'])} ms (without a change {calm['rate']:,.0f}, {ms(calm['p50'])}, "
        f"{ms(calm['p99'])} and {ms(calm['worst'])}); of {during['requests']:,} requests {during['refused'] + during['broken']:,} failed."
    )


def beside_slow_clients(command, tiles):
    """Tiles, while others send or read a byte now and then."""
    print("slow clients …", file=sys.stderr)
    idle_seconds = 5
    with Server([*command, "--idle-timeout", str(idle_seconds)]) as server:
        atlas = visits.Atlas(server)
        tiles = [path.replace(path.split("/")[2], atlas.edition) for path in tiles]
        wrk.load(server, tiles, 16, 1)
        calm = wrk.load(server, tiles, 16, 3)
        before = server.memory()
        with slow_clients(server, f"{atlas.api}/areas/{visits.GEOGRAPHY}") as slow:
            load = wrk.load(server, tiles, 16, 3)
            held = server.memory()
            seconds = slow.seconds_until_gone()
    return (
        f"Beside {slow.count} clients that send or read a byte every {slow.every * 1e3:.0f} ms, others get {load['rate']:,.0f} tiles a second on "
        f"16 connections, p99 {ms(load['p99'])} ms ({calm['rate']:,.0f} and {ms(calm['p99'])} ms without them); {load['refused'] + load['broken']} "
        f"failed. The slow ones take {held - before:.0f} MB, and were all sent away after {seconds:.1f} s (with `--idle-timeout {idle_seconds}`)."
    )


if __name__ == "__main__":
    main()
