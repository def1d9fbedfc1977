"""A server that is measured: how it is started, and what it takes of the machine. Needs Linux."""

import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

# How long a server must build nothing, and how often that is looked at.
QUIET_SECONDS, LOOK_SECONDS = 6, 0.2
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A program that says on which address of 127.0.0.1 it listens. Ends with the block that it is made for."""

    def __init__(self, command):
        self.log = tempfile.TemporaryFile("w+")
        self.begun = time.monotonic()
        # Where there is no atlas: Tessera would publish it.
        self.process = subprocess.Popen(command, cwd="/", stdout=subprocess.PIPE, stderr=self.log, text=True)
        said = (re.search(r"127\.0\.0\.1:[1-9]\d*", line) for line in self.process.stdout)
        address = next((found.group(0) for found in said if found), None)
        if address is None:
            self.log.seek(0)
            raise SystemExit(f"{command[0]} did not start\n{self.log.read()}")
        self.address, self.url = address, f"http://{address}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self.log.close()

    def get(self, path, **headers):
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def edition(self):
        """The edition that it serves."""
        return json.loads(self.get("/readyz"))["edition"]

    def figure(self, name):
        """A figure of /metrics that has no labels."""
        return float(re.search(rf"^{name} (\S+)$", self.get("/metrics").decode(), re.MULTILINE).group(1))

    def settle(self):
        """Waits until it has built nothing for a while: it looks at its sources every few seconds."""
        quiet = 0.0
        while quiet < QUIET_SECONDS:
            time.sleep(LOOK_SECONDS)
            children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
            quiet = 0.0 if any(file.read_text() for file in children) else quiet + LOOK_SECONDS

    def memory(self):
        """The memory that it has now, in MB."""
        return self._status("VmRSS")

    def most_memory(self):
        """The most that it has had, in MB."""
        return self._status("VmHWM")

    def processor_seconds(self):
        """What it has taken of the processors."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _status(self, name):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s*(\d+)", status).group(1)) * 1024 / 1e6
