"""Clients that hold connections: some send their request byte by byte, some read their answer so."""

import contextlib
import socket
import threading
import time

SENDERS, READERS = 240, 240
EVERY = 0.2


class SlowClients:
    count, every = SENDERS + READERS, EVERY

    def __init__(self, server, path):
        self.server = server
        host, port = server.address.split(":")
        self.begun = time.monotonic()
        self.sockets = [self._connect((host, int(port)), path, number < SENDERS) for number in range(self.count)]
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._trickle)
        self.thread.start()

    @staticmethod
    def _connect(address, path, sends):
        one = socket.socket()
        # As little as the system allows, so that what is not read waits at the server.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        one.connect(address)
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
        one.sendall((request + ("X-Slow: " if sends else "\r\n")).encode())
        one.setblocking(False)
        return one

    def _trickle(self):
        while not self.ended.wait(EVERY):
            for number, one in enumerate(self.sockets):
                # Those that were sent away stay silent.
                with contextlib.suppress(OSError):
                    one.send(b"a") if number < SENDERS else one.recv(1)

    def seconds_until_gone(self):
        """How long after they came the server had sent all of them away."""
        # What remains is the connection of whoever asks.
        while self.server.figure("tessera_connections") > 1:
            if time.monotonic() - self.begun > 60:
                raise SystemExit("slow clients are not sent away")
            time.sleep(0.1)
        return time.monotonic() - self.begun

    def end(self):
        self.ended.set()
        self.thread.join()
        for one in self.sockets:
            one.close()


@contextlib.contextmanager
def slow_clients(server, path):
    clients = SlowClients(server, path)
    try:
        yield clients
    finally:
        clients.end()
