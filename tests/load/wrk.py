"""Load, made by wrk (a package of Debian and others)."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("paths.lua")
# What a browser sends where there is no HTTPS.
ENCODINGS = "gzip, deflate"


def version():
    try:
        said = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout
    except FileNotFoundError:
        sys.exit("wrk is missing: apt-get install wrk")
    return f"wrk {re.search(r'[0-9.]+', said).group(0)}"


class Load:
    """Paths asked for over and over on so many connections, for so many seconds; `result` waits for the end."""

    def __init__(self, server, paths, connections, seconds, pause_ms=0):
        self.server = server
        self.paths = tempfile.NamedTemporaryFile("w", suffix=".txt")
        self.paths.write("".join(f"{path}\n" for path in paths))
        self.paths.flush()
        threads = min(os.cpu_count(), connections)
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        command += ["-H", f"Accept-Encoding: {ENCODINGS}", "-s", SCRIPT, server.url, "--", self.paths.name, str(pause_ms)]
        self.before = server.processor_seconds()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def result(self):
        """Requests and seconds; `p50`, `p99` and `worst` in milliseconds; how many were `refused` (400 and above) or `broken`; the
        processors' `work` for a request in microseconds."""
        said, _ = self.process.communicate()
        taken = self.server.processor_seconds() - self.before
        self.paths.close()
        if self.process.returncode != 0:
            sys.exit(f"wrk failed: {said}")
        figures = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
        return {**figures, "work": taken * 1e6 / max(figures["requests"], 1), "rate": figures["requests"] / figures["seconds"]}


def load(server, paths, connections, seconds, pause_ms=0):
    return Load(server, paths, connections, seconds, pause_ms).result()
