"""The servers that ours is held against: the limit, and martin."""

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
from pathlib import Path

import visits
import wrk
from server import Server


@contextlib.contextmanager
def limit_of(program, answers):
    """`tessera-limit` with the answers that were kept."""
    with tempfile.TemporaryDirectory() as folder:
        answers.write(Path(folder))
        with Server([program.resolve(), folder]) as server:
            yield server


def version_of(martin):
    """What martin calls itself."""
    said = subprocess.run([martin, "--version"], capture_output=True, text=True).stdout.split()
    return f"martin {said[-1]}"


@contextlib.contextmanager
def martin_of(program, archive, atlas, answers, tiles):
    """Martin on the edition's own archive, with the paths of the same tiles; nothing where it is not installed."""
    if program is None:
        print("martin is not installed: its tiles are not measured", file=sys.stderr)
        yield None
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = "127.0.0.1:%d" % free.getsockname()[1]
    paths = [path.replace(atlas.tiles, f"/{visits.GEOGRAPHY}")[: -len(".mvt")] for path in tiles]
    # It says its address among other things on its error output.
    with Server(["sh", "-c", 'echo "$1"; exec "$0" "$2" --listen-addresses "$1"', program, address, archive]) as server:
        wait_for(server, paths[0])
        same = all(server.get(path, **{"Accept-Encoding": wrk.ENCODINGS}) == answers.body(tile) for path, tile in zip(paths, tiles))
        if not same:
            sys.exit("martin answers other bytes")
        yield server, paths


def wait_for(server, path):
    for _ in range(100):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            server.get(path)
            return
        time.sleep(0.1)
    sys.exit("martin did not start")
