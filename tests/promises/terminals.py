"""A terminal that notes everything it is told to do."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte
from processes import HANG, environment

RUN = """\
import sys
import kg.cli.main as entry
for line in sys.stdin:
    sys.argv = ["kg", *eval(line)]
    try:
        entry.main()
    except SystemExit:
        pass
"""


class Terminal:
    """What a screen shows, and how often each of its operations was asked for."""

    def __init__(self, written: str, columns: int) -> None:
        self.asked: Counter[str] = Counter()
        self._screen = pyte.Screen(columns, written.count("\n") + 50)
        pyte.Stream(self).feed(written)
        self.lines = [line.rstrip() for line in self._screen.display]
        self.text = "\n".join(self.lines)

    def places(self, mark: str) -> list[int]:
        """In which column a character stands, on each line that has it."""
        lines = self._screen.buffer.values()
        return [x for line in lines for x, cell in line.items() if cell.data == mark]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        done = getattr(self._screen, name)
        if not callable(done):
            return done

        def noted(*values: Any, **more: Any) -> Any:
            self.asked[name] += 1
            return done(*values, **more)

        return noted


def run(folder: Path, commands: list[list[str]], columns: int = 110) -> Terminal:
    """Run command lines in a folder, one after the other, on a terminal."""
    own, theirs = os.openpty()
    settings = environment(COLUMNS=str(columns), TERM="xterm")
    settings.pop("NO_COLOR", None)
    running = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=folder, env=settings, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    assert running.stdin
    running.stdin.write("".join(f"{words!a}\n" for words in commands).encode())
    running.stdin.close()
    written = b""
    while select.select([own], [], [], HANG)[0]:
        try:
            part = os.read(own, 1 << 16)
        except OSError:  # Linux says so when the other side has closed.
            break
        if not part:
            break
        written += part
    os.close(own)
    assert running.wait(HANG) == 0
    return Terminal(written.decode(), columns)
