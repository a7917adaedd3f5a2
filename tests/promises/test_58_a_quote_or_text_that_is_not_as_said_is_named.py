"""A quote that is not in its passage, a passage not in its text, an altered text is named.

Fault: one character changed at either end of a quote; a passage beyond the text; a text edited
  since its digest was taken.
Seen: the row or the document, what differs and where; exit code 1. Forms of letters, soft hyphens
  and white space are no difference.
Kept: nothing is corrected.
"""

import hashlib
import unicodedata

import pytest

from kg.case import folder as cases
from kg.case.verify import mismatches, verify

TEXT = "He said: the cafe\u0301 was so\u00adgar closed.\nNobody else did.\n"
QUOTE = "the café was sogar closed"
START = TEXT.index("the cafe")
END = TEXT.index(" closed") + len(" closed")


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def found(make_case):
    """What is told of one row with a quote, the text being as given."""

    def look(quote, passage=f"{START}-{END}", text=TEXT):
        head = "subject,relation,object,document,locator,passage,passage_digest,quote\n"
        row = f'body-fuzhou,operates,station-irl01,doc-page,p. 1,{passage},{digest(TEXT[START:END])},"{quote}"\n'
        documents = f"id,name,digest\ndoc-page,A page,{digest(TEXT)}\ndoc-report,R,\n"
        folder = make_case(claims=head + row, documents=documents)
        (folder / "data" / "figures.csv").unlink()
        (folder / "texts").mkdir()
        (folder / "texts" / "doc-page.txt").write_text(text)
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        told = [f.result for f in mismatches(verify(cases.find(folder), folder / "texts"))]
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
        return told

    return look


@pytest.mark.parametrize(
    "quote",
    [QUOTE, unicodedata.normalize("NFD", QUOTE), "the  café\nwas sogar", "café was so\u00adgar"],
)
def test_forms_are_no_difference(found, quote):
    assert found(quote) == []


@pytest.mark.parametrize(
    "quote", ["x" + QUOTE[1:], QUOTE[:-1] + "x", "a" + QUOTE, QUOTE + "s", "the cafe was"]
)
def test_one_character_is(found, quote):
    assert found(quote) == ["quote"]


def test_a_passage_beyond_the_text_is_named(found):
    assert found("", passage=f"{START + 900}-{END + 900}") == ["moved"]
    assert found("", passage="900-905") == ["missing"]


@pytest.mark.parametrize("text", [TEXT.replace("Nobody", "Someone"), TEXT + " ", "\ufeff" + TEXT])
def test_an_altered_text_is_named(found, text):
    assert found(QUOTE, text=text) == ["altered"]
