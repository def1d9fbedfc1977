"""What all measurements share: the machine that they were made on, and their sections of docs/benchmarks.md."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def heading(tessera, *others):
    """What was measured, when and on what: the first line of a section. Call it before anything is measured."""
    version = subprocess.run([tessera, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    return f"{', '.join([version, *others, str(datetime.date.today())])}: {machine()}."


def machine():
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    gigabytes = round(int(memory.group(1)) / 1024**2)
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} processors ({model.group(1) if model else platform.machine()}), {gigabytes} GB, load {busy:.1f} before"


def write_section(name, lines):
    """Replaces what stands between the marks of a section, and prints it."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    document = DOCUMENT.read_text(encoding="utf-8")
    before, rest = document.split(begin)
    after = rest.split(end)[1]
    DOCUMENT.write_text(before + "\n".join([begin, "", *lines, "", end]) + after, encoding="utf-8")
    print("\n".join(lines))
