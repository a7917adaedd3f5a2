"""The commands of docs/graphs.md do what the page says, on the files that stand in it."""

import re
import shlex
from pathlib import Path

from kg.cli import output, parser

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "graphs.md").read_text("utf-8")


def test_every_command_of_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in re.findall(
        r"^`([\w.-]+)`\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    ):
        Path(name).write_text(text, "utf-8")
    commands = [shlex.split(line) for line in re.findall(r"^\$ kg (.*)$", PAGE, re.MULTILINE)]
    assert len(commands) == 13
    for command in commands:
        found = parser.plain(command)
        assert found, command
        assert output.run(*found) == 0, command
    told = capsys.readouterr().out
    assert "no voice, read from “people.ttl”".casefold() in told.casefold()
    assert "Ann Example — owns (share 0.6) → Example Harbour Ltd" in told
    assert "Example Harbour Ltd — trades with — Sample Ships" in told
