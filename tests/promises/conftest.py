"""What tests of promises share: somebody who listens, a secret, a digest, a page that is opened."""

import contextlib
import hashlib
import shutil
import socket
import threading
from pathlib import Path

import faults
import pytest
from hostile import Seen


class Listener:
    """A server on this machine that counts who comes."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.hits = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while True:
            with self._socket.accept()[0] as caller:
                # What the test itself sends when it is done.
                if caller.recv(4) == b"done":
                    return
                self.hits += 1
                caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def close(self):
        """Hear everybody who came before, then stop."""
        with socket.create_connection(self._socket.getsockname()) as last:
            last.sendall(b"done")
            self._thread.join()
        self._socket.close()


@pytest.fixture
def listener():
    """A listener; `close` it before counting."""
    made = Listener()
    yield made
    if made._thread.is_alive():
        made.close()


@pytest.fixture
def canary(tmp_path):
    """A file with a secret in a triple, and its address."""
    path = tmp_path / "canary.ttl"
    path.write_text('<http://example.org/a> <http://example.org/b> "canary" .\n')
    return path.as_uri()


@pytest.fixture(scope="session")
def stage(make_case):
    """A built case, one of whose tables has changed since; the states before and after a next build."""
    folder = make_case()
    return folder, *faults.stage(folder)


@pytest.fixture
def staged(stage, tmp_path):
    """A copy of it for one test."""
    folder, old, new = stage
    return shutil.copytree(folder, tmp_path / "case"), old, new


@pytest.fixture
def digest():
    """The digest of all files in a folder, names included."""

    def of(folder):
        files = sorted(p for p in Path(folder).rglob("*") if p.is_file())
        return hashlib.sha256(b"".join(p.name.encode() + p.read_bytes() for p in files)).digest()

    return of


@pytest.fixture
def opened(new_tab):
    """Opens a page from disk; gives the tab and what it was seen to do."""

    @contextlib.contextmanager
    def start(address):
        tab = new_tab(1280, 800)
        seen = Seen(tab)
        tab.goto(address)
        yield tab, seen
        tab.close()

    return start
