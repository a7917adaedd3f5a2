"""Completion in real shells, typed at: bash, zsh and fish, each at a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios

import processes
import pyte
import pytest

SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(kg --completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -Uz compinit; compinit -u -D; eval "$(kg --completion zsh)"',
    ),
    "fish": (["fish", "--no-config", "-i"], "kg --completion fish | source"),
}
SIZE = (30, 110)


class Typed:
    """A shell at a terminal, and what its screen shows."""

    def __init__(self, command, folder, env):
        self.screen = pyte.Screen(SIZE[1], SIZE[0])
        self.stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Before the shell looks.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
            os.chdir(folder)
            os.execvpe(command[0], command, env)
        self.last = b""

    def type(self, text):
        os.write(self.fd, text.encode())

    def shows(self, text):
        """Read until a text stands on the screen; False if it never does."""
        # A line that wraps is one line.
        while text not in "".join(self.screen.display).replace("  ", " "):
            if not select.select([self.fd], [], [], processes.HANG)[0]:
                return False
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return False
            self.stream.feed(data)
            # What some shells ask a terminal first: what it is. It may come in two parts.
            asked = self.last + data
            if b"\x1b[c" in asked or b"\x1b[0c" in asked:
                os.write(self.fd, b"\x1b[?62;c")
                asked = b""
            self.last = asked[-3:]
        return True

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


@pytest.fixture(params=SHELLS)
def shell(request, built_case, tmp_path):
    program = tmp_path / "kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    program.chmod(0o755)
    env = processes.environment(
        PATH=f"{tmp_path}:{os.environ['PATH']}",
        HOME=str(tmp_path),
        ZDOTDIR=str(tmp_path),
        TERM="xterm",
        LC_ALL="C.UTF-8",
        PS1="> ",
    )
    command, load = SHELLS[request.param]
    made = Typed(command, built_case, env)
    # The word that tells that it is ready is not on the line that is typed.
    made.type(f"{load}; echo rea''dy\n")
    assert made.shows("ready")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("kg cla", "kg claims "),
        ("kg claims --status conte", "--status contested"),
        ("kg show Lu", "show Lu\\ Jianwang"),
        ("kg show Lu\\ J", "show Lu\\ Jianwang"),
        ("kg show 'Lu J", "show 'Lu Jianwang'"),
        ("kg show person-", "show person-lu"),
        ("kg neighbors Lu --relation vis", "--relation visited"),
        ("kg path Lu Irel", "path Lu Ireland"),
        ("kg --case . show harry", "show Harry\\ Lu"),
    ],
)
def test_a_tab_completes_what_is_typed(shell, line, found):
    shell.type(f"{line}\t")
    assert shell.shows(found)
