"""What stands as an address is an absolute http or https IRI, or is refused at its character.

Fault: an address is relative, has another scheme, or holds a space, line end, NUL, ESC or a
  bidirectional control.
Seen: row, column, the character and its place; exit code 3.
Kept: every address in the graph is an IRI that any RDF program reads.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.case import cells
from kg.case.folder import find
from kg.store.build import build

BAD = [
    "\n",
    "\r",
    " ",
    "\u202e",
    "\u2066",
    "\u00a0",
    "<",
    ">",
    '"',
    "{",
    "}",
    "|",
    "\\",
    "^",
    "`",
    "\ue000",
    "[",
    "\ufeff",
]


@pytest.mark.parametrize("character", BAD, ids=ascii)
def test_a_character_that_no_iri_holds_is_told_with_its_place(make_case, complain, character):
    address = f"https://example.org/a{character}b".replace('"', '""')
    documents = f'id,name,url\ndoc-page,A page,"{address}"\ndoc-report,R,\n'
    (found,) = complain(make_case(documents=documents))
    code = 0x0A if character == "\r" else ord(character)
    assert found.startswith("documents.csv, row 2, column url: ")
    assert f", with U+{code:04X} at character 22; expected an address" in found


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f"], ids=ascii)
def test_a_control_character_is_told(make_case, complain, character):
    documents = f"id,name,url\ndoc-report,R,\ndoc-page,A page,https://example.org/a{character}b\n"
    found = complain(make_case(documents=documents))
    assert found[0].startswith(
        f"documents.csv, row 3, column url: the character U+{ord(character):04X}"
    )


@pytest.mark.parametrize(
    "address",
    [
        "x",
        "./x",
        "/x",
        "//x/y",
        "?q",
        "#f",
        "https:",
        "https:///x",
        "http://",
        "foo:bar",
        "http://[::1]/",
    ],
)
def test_what_is_no_absolute_address_is_refused(make_case, complain, address):
    documents = f"id,name,url\ndoc-page,A page,{address}\ndoc-report,R,\n"
    (found,) = complain(make_case(documents=documents))
    assert found.startswith(f"documents.csv, row 2, column url: “{address}”")


@given(st.text(min_size=1, max_size=40))
def test_an_address_that_is_let_in_is_an_iri(text):
    for address in (f"https://{text}", f"https://example.org/{text}", text):
        if cells.ADDRESS.fullmatch(address):
            assert NamedNode(address).value == address
            assert address.startswith(("https://", "http://"))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://zh.wikipedia.org/wiki/海外110",
        "https://example.org/%E6%B5%B7(1)",
        "https://münchen.example/",
    ],
)
def test_ordinary_addresses_are_let_in(make_case, address):
    documents = f"id,name,url\ndoc-page,A page,{address}\ndoc-report,The report,\n"
    assert (
        build(find(make_case(documents=documents)))[0].ledger.entity("doc-page").value("url")
        == address
    )
