"""Invisible characters and look-alike letters in a name are kept and told.

Fault: a bidirectional control, a zero-width character or a Cyrillic “а” stands in a name.
Seen: a warning with row, column and the characters; exit code 0, 3 with --strict.
Kept: the name as it was typed.
"""

import pytest
from asking import run

from kg.case.folder import find
from kg.store.build import build
from kg.text.untrusted import mixed_scripts, suspicious

# The controls that the Trojan Source attacks use, and other characters that show nothing.
HIDING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u200c\u200d\u2060\ufeff"


@pytest.mark.parametrize("column", ["name", "aliases", "name_fr"])
@pytest.mark.parametrize("character", HIDING, ids=ascii)
def test_every_hidden_character_is_told_and_kept(make_case, complain, character, column):
    name = f"L{character}u"
    cells = {"name": "Lu", "aliases": "", "name_fr": ""} | {column: name}
    folder = make_case(people=f"id,name,aliases,name_fr\nperson-lu,{','.join(cells.values())}\n")
    found = complain(folder)
    assert found == [
        f"warning: people.csv, row 2, column {column}: invisible characters {ascii(character)[1:-1]}; "
        "expected none; the name is kept as it is"
    ]


@pytest.mark.parametrize(
    "name", ["Lu Ji\u0430nwang", "\u0410nna", "Αlpha", "P\u0430yP\u0430l", "ΒBC"]
)
def test_a_look_alike_is_told_and_kept(make_case, complain, capsys, name):
    folder = make_case(people=f"id,name\nperson-lu,{name}\n")
    (found,) = complain(folder)
    assert "people.csv, row 2, column name: a word mixes letters of two scripts" in found
    assert build(find(folder))[0].ledger.entity("person-lu").name == name
    assert run("check", folder) == 0
    assert run("check", folder, strict=True) == 3
    assert "look alike" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [("Lu", ""), ("陆", ""), ("L\u202eu", "\\u202e"), ("L\u200b\u2066u\u200b", "\\u200b \\u2066")],
)
def test_suspicious(text, told):
    assert suspicious(text) == told


@pytest.mark.parametrize(
    "name", ["Москва", "Москва Moscow", "海外110 Overseas", "Fiskesjö", "عربي", "Jianwang"]
)
def test_an_ordinary_name_of_any_script_is_no_matter(make_case, complain, name):
    assert not mixed_scripts(name)
    assert complain(make_case(people=f"id,name\nperson-lu,{name}\n")) == []
