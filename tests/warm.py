"""Command lines in processes that are forked from one in which `kg` and its libraries are loaded.

Each has a folder, an environment, streams and an exit code of its own, and costs a tenth of
a Python that starts anew. Where the start is what is tested, `processes.run` starts one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import environment

TESTS = Path(__file__).resolve().parent
SERVER = """
import importlib, os, pkgutil, sys, traceback
import pyvis.network
import kg, kg.cli.main as entry
for module in pkgutil.walk_packages(kg.__path__, "kg."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
sys.path.append(TESTS)
import inprocess
inprocess.begin(setattr)
sys.path.remove(TESTS)
def run(folder, words, settings, out, err):
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    for number, path in enumerate((os.devnull, out, err)):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.argv = ["kg", *words]
    entry.main()
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        code = 1
        try:
            run(*eval(line))
        except SystemExit as ended:
            code = ended.code or 0
        except BaseException:
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Warm:
    """A process that forks for each command line. As a context it ends with it."""

    def __enter__(self) -> Warm:
        self._folder = tempfile.TemporaryDirectory(prefix="kg-warm-")
        # One thread: what is forked holds no lock that nobody will free.
        self._server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", f"TESTS = {str(TESTS)!r}\n{SERVER}"],
            env=environment(OPENBLAS_NUM_THREADS="1", PYTHONUTF8="1"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        return self

    def __exit__(self, *error: object) -> None:
        self._server.communicate()
        self._folder.cleanup()

    def run(
        self, folder: Path, words: tuple[str, ...], settings: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run a command line from a folder to its end; what it wrote is text."""
        assert self._server.stdin and self._server.stdout
        paths = [Path(self._folder.name) / name for name in ("out", "err")]
        # Bytes that are no text reach a program as what stands for them.
        asked = (str(folder), [*map(os.fsdecode, words)], environment(**settings), *map(str, paths))
        print(ascii(asked), file=self._server.stdin, flush=True)
        code = int(self._server.stdout.readline())
        said = [path.read_bytes().decode("utf-8").replace("\r\n", "\n") for path in paths]
        for path in paths:
            path.unlink()
        return subprocess.CompletedProcess(words, code, *said)
