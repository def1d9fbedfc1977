"""The programs that are compared: where they are, which versions, and how long they take."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
# Whoever sets these knows better than numpy which instructions the processor has; it is slower with them.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}


class Peers:
    """What install.sh installs."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.python = self.folder / "venv" / "bin" / "python"
        self.node_packages = self.folder / "node"
        if not self.python.exists():
            sys.exit(f"install the programs to compare with first: {HERE / 'install.sh'} {folder}")
        pins = (self.folder / "venv" / "requirements.txt").read_text().split()
        self.versions = dict(pin.split("==") for pin in pins)
        for package in ("mapshaper", "simple-statistics"):
            described = self.node_packages / "node_modules" / package / "package.json"
            self.versions[package] = json.loads(described.read_text())["version"]

    def bin(self, name):
        return self.folder / "venv" / "bin" / name

    def named(self, name):
        return f"{name} {self.versions[name]}"

    def worker(self, name, *arguments):
        return [self.python, HERE / "workers" / name, *arguments]


@dataclass
class Run:
    """A whole process: its seconds, the most memory that it had in MiB, and what it said."""

    seconds: float
    memory: float
    said: str

    def __str__(self):
        return f"{in_seconds(self.seconds)}, {self.memory:,.0f} MiB"


def run(command):
    # Nothing is read before it ends, so that what it says is kept in a file.
    with open(os.path.join(os.environ.get("TMPDIR", "/tmp"), f"said-{os.getpid()}"), "w+") as said:
        os.unlink(said.name)
        begun = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=said, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = status
        if status != 0:
            sys.exit(f"{' '.join(map(str, command))}\n{complaint}")
        said.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, said.read())


def in_turn(rounds, *commands):
    """Runs each command in its turn, some rounds long; of each the median of its seconds and the most memory."""
    runs = [[run(command) for command in commands] for _ in range(rounds)]

    def of(command):
        own = [round[command] for round in runs]
        return Run(statistics.median(run.seconds for run in own), max(run.memory for run in own), own[-1].said)

    return [of(command) for command in range(len(commands))]


def worked(command):
    """A program that says in its first line how many seconds each round of its work took, and then what came of it."""
    whole = run(command)
    seconds, answer = whole.said.split("\n", 1)
    return json.loads(seconds), answer, whole


def in_seconds(seconds):
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1000:.3g} ms" if seconds < 0.1 else f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
