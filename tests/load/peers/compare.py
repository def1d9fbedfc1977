#!/usr/bin/env python3
"""Compare Tessera with other programs at the same work, and write it into docs/benchmarks.md.

    make national build
    cargo build --release --package tessera-geo --package tessera-stats --examples
    tests/load/peers/install.sh target/peers
    cargo build --release --manifest-path tests/load/limit/Cargo.toml --target-dir target/limit
    python3 tests/load/peers/compare.py target/release target/national target/peers target/limit/release/tessera-limit

All read the same files, one after the other on the same machine, and what they answer is compared, too. Needs Linux, Python 3.11 or
later, Node, and wrk for the servers.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import editions
import methods
import reading
import serving
from inputs import Inputs
from programs import Peers
from row import as_line
from report import heading, write_section

PARTS = ("reading", "editions", "methods", "serving")
HEADINGS = ["work at 34,753 areas", "the other", "Tessera", "times", "to reach", "reached", "the same answer?"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("release", type=Path, help="the folder of tessera and its examples")
    arguments.add_argument("national", type=Path, help="the atlas that `make national` makes")
    arguments.add_argument("peers", type=Path, help="the folder that install.sh filled")
    arguments.add_argument("limit", type=Path, help="the bare axum server of tests/load/limit")
    arguments.add_argument("--only", choices=PARTS, nargs="+", help="prints some parts, and writes nothing down")
    arguments = arguments.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk, which asks the servers, is missing")
    release, peers = arguments.release.resolve(), Peers(arguments.peers)
    first = heading(release / "tessera")
    inputs = Inputs(peers.folder / "inputs", arguments.national, peers.python)
    with tempfile.TemporaryDirectory(dir=peers.folder) as scratch:
        common = (release, peers, inputs, Path(scratch))
        parts = {
            "reading": lambda: reading.rows(*common),
            "editions": lambda: editions.rows(*common),
            "methods": lambda: methods.rows(*common),
            "serving": lambda: serving.rows(*common, arguments.limit),
        }
        rows = []
        for part in arguments.only or PARTS:
            for row in parts[part]():
                print(row.as_line(), file=sys.stderr, flush=True)
                rows.append(row)
    lines = [first, "", as_line(HEADINGS), "|" + "---|" * len(HEADINGS), *(row.as_line() for row in rows)]
    if arguments.only:
        print("\n".join(lines))
    else:
        write_section("peers", lines)


if __name__ == "__main__":
    main()
