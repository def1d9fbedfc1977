#!/usr/bin/env python3
"""Watch the memory of a server through a long time of use, and write it into docs/benchmarks.md.

    python3 tests/load/soak.py target/release/tessera target/national --minutes 30

Visitors ask for thousands of different things, more than the server may keep, at a pace that leaves the machine usable. In the
middle of each period one value of a table changes, and a new edition is published; visitors go over to it in the next period.
Needs wrk, and Python 3.8 or later on Linux.
"""

import argparse
import random
import shutil
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import sources
import visits
import wrk
from report import heading, write_section
from server import Server

PERIODS = 10
# Less than all answers take, and soon full: what grows then is no cache.
MEMORY = "128MB"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("tessera", type=Path)
    arguments.add_argument("atlas", type=Path)
    arguments.add_argument("--minutes", type=float, default=30)
    arguments.add_argument("--connections", type=int, default=4)
    arguments.add_argument("--pause", type=int, default=20, help="milliseconds between an answer and the next request")
    arguments = arguments.parse_args()
    first = heading(arguments.tessera, wrk.version())
    atlas = arguments.atlas.resolve()
    place = atlas.with_name(f"{atlas.name}-soak")
    shutil.rmtree(place / "atlas", ignore_errors=True)
    sources.copy(atlas, place / "atlas")
    command = [arguments.tessera.resolve(), "serve", place / "atlas", "--listen", "127.0.0.1:0", "--store", place / "store", "--memory", MEMORY]
    with Server(command) as server:
        server.settle()
        memory = [server.memory()]
        runs = [period(server, arguments, place / "atlas", number, memory) for number in range(PERIODS)]
        most, work = server.most_memory(), server.processor_seconds()
    requests, failed = (sum(run[key] for run in runs) for key in ("requests", "failed"))
    times = [arguments.minutes * number / PERIODS for number in range(PERIODS + 1)]
    write_section(
        "soak",
        [
            first,
            "",
            f"{requests:,} requests in {arguments.minutes:.0f} minutes on {arguments.connections} connections, of which {failed} failed; "
            f"{len({edition for run in runs for edition in run['editions']})} editions, {PERIODS} moves; "
            f"`--memory {MEMORY}`; {work:.0f} s of processors; {most:.0f} MB at most.",
            "",
            f"| minute | {' | '.join(f'{minute:.0f}' for minute in times)} |",
            f"|---|{'---:|' * len(times)}",
            f"| memory, MB | {' | '.join(f'{megabytes:.0f}' for megabytes in memory)} |",
        ],
    )


def period(server, arguments, folder, number, memory):
    """Visitors of the newest edition, and in the middle of it a change. Adds the memory at the end."""
    seconds = round(arguments.minutes * 60 / PERIODS)
    atlas = visits.Atlas(server)
    load = wrk.Load(server, paths(atlas, number), arguments.connections, seconds, arguments.pause)
    time.sleep(seconds / 2)
    # One of two values in turn: the editions are the same again.
    sources.change_one_value(folder, ["1.5", "2.5"][number % 2])
    time.sleep(seconds / 2 - 1)
    memory.append(server.memory())
    figures = load.result()
    server.settle()
    if server.edition() == atlas.edition:
        sys.exit("the change was not published")
    print(f"{memory[-1]:.1f} MB after {figures['requests']:,} requests, p99 {figures['p99']:.1f} ms", file=sys.stderr)
    return {"requests": figures["requests"], "failed": figures["refused"] + figures["broken"], "editions": [atlas.edition, server.edition()]}


def paths(atlas, number):
    """Visits, and among them what hardly anybody asks for a second time: other classes, boxes and searches, pages of many areas."""
    chance = random.Random(number)
    asked = visits.visits(atlas)
    for _ in range(len(asked)):
        id = atlas.indicator(chance.randrange(len(atlas.indicators)))
        period = chance.choice(atlas.periods[id])
        code, name, (longitude, latitude) = atlas.area(chance.randrange(len(atlas.areas)))
        box = f"{longitude - 0.02:.4f},{latitude - 0.02:.4f},{longitude + 0.02:.4f},{latitude + 0.02:.4f}"
        asked += chance.choice(
            [
                [f"{atlas.api}/values/{visits.GEOGRAPHY}/{id}.bin?period={period}"],
                [f"{atlas.api}/values/{visits.GEOGRAPHY}/{id}.csv?period={period}"],
                [f"{atlas.api}/classes/{visits.GEOGRAPHY}/{id}?period={period}&k={chance.randint(2, 12)}"],
                [f"{atlas.api}/summary/{visits.GEOGRAPHY}/{id}?period={period}"],
                [f"{atlas.api}/layers/{visits.GEOGRAPHY}.geojson?bbox={box}"],
                [f"{atlas.api}/areas/{visits.GEOGRAPHY}?{urlencode({'q': name[: chance.randint(2, 9)]})}"],
                [f"{atlas.api}/compare?areas={visits.GEOGRAPHY}:{code}&indicators={id}&period={period}"],
                [f"{atlas.api}/locate?lon={longitude:.4f}&lat={latitude:.4f}"],
                [f"/areas/{visits.GEOGRAPHY}/{code}"],
                [f"/?indicator={id}&period={period}"],
            ]
        )
    chance.shuffle(asked)
    return asked


if __name__ == "__main__":
    main()
