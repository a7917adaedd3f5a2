"""What a terminal library would read as colours is printed as it stands.

Fault: `[red]` or `[/oops]` stands in a name.
Seen: the name, as it was typed; exit code 0.
Kept: the rest of what is printed.
"""

import pytest
from hostile import sheet

MARKS = [
    "[red]x[/red]",
    "[/oops]",
    "[bold",
    "\\[x]",
    "[link=http://x]y[/link]",
    ":smile:",
    "[#ff0000]",
]


@pytest.mark.parametrize(
    "words", [("show", "p-0"), ("find", "p-"), ("claims",), ("check", "--read")]
)
def test_marks_are_printed_as_they_stand(make_case, kg, words):
    people = sheet(["id", "name", "aliases"], *[[f"p-{i}", m, m] for i, m in enumerate(MARKS)])
    claims = [[f"p-{i}", "visited", "place-irl", "doc-page", m, m] for i, m in enumerate(MARKS)]
    head = ["subject", "relation", "object", "document", "locator", "gloss"]
    folder = make_case(people=people, claims=sheet(head, *claims))
    if words[0] != "check":
        assert kg(folder, "build").returncode == 0
    ran = kg(folder, *words, COLUMNS="200")
    assert ran.returncode == 0
    for mark in MARKS[:1] if words[0] == "show" else MARKS:
        assert mark in ran.stdout
    assert "Traceback" not in ran.stderr


def test_marks_in_a_wrong_word_are_printed_as_they_stand(built_case, kg):
    ran = kg(built_case, "show", "[/oops]")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "nothing is called “[/oops]”" in ran.stderr
    ran = kg(built_case, "[/oops]")
    assert ran.returncode == 2
    assert "[/oops]" in ran.stderr
