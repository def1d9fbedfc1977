"""Answers as they came the first time, and what that took."""

import http.client
import statistics
import sys
import time

from wrk import ENCODINGS


class Answers:
    """Asks for each path once, one after the other on one connection, and keeps what comes."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection(server.address, timeout=60)
        self.kept = {}

    def ask(self, paths):
        for path in paths:
            if path in self.kept:
                continue
            begun = time.monotonic()
            self.connection.request("GET", path, headers={"Accept-Encoding": ENCODINGS})
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                sys.exit(f"{path}: {answer.status} {body[:300]}")
            self.kept[path] = (time.monotonic() - begun, answer.headers, body)

    def again(self, paths):
        """Asks for each once more: what was asked for since may have pushed it out of what is kept."""
        for path in dict.fromkeys(paths):
            self.connection.request("GET", path, headers={"Accept-Encoding": ENCODINGS})
            self.connection.getresponse().read()

    def size(self, path):
        """How many bytes were sent."""
        return len(self.kept[path][2])

    def body(self, path):
        return self.kept[path][2]

    def median_size(self, paths):
        return statistics.median(map(self.size, paths))

    def first_ms(self, paths):
        """The median and the longest time of a first answer, in milliseconds."""
        times = [self.kept[path][0] * 1e3 for path in paths]
        return statistics.median(times), max(times)

    def write(self, folder):
        """Writes them for `tessera-limit`."""
        lines = []
        for number, (path, (_, headers, body)) in enumerate(self.kept.items()):
            (folder / str(number)).write_bytes(body)
            lines.append("\t".join([path, headers["Content-Type"], headers.get("Content-Encoding", ""), str(number)]) + "\n")
        (folder / "answers.tsv").write_text("".join(lines), encoding="utf-8")
