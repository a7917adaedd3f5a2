"""A claim's standing from literal rows: voice, stance, and what else the case needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.claims import Attestation
from kg.model.standing import STANCES, STATUSES, living, settle


def rows(text):
    """One attestation a part: ``id voice stance [day | first..last] [in document]``."""
    made = []
    for part in text.split(";"):
        mark, voice, stance, *rest = part.split()
        first, _, last = (rest[0] if rest and rest[0] != "in" else "").partition("..")
        made.append(
            Attestation(
                *(mark, "claim", stance, voice, rest[-1] if "in" in rest else "doc", "p. 1"),
                said_earliest=first,
                said_latest=last or first,
            )
        )
    return made


def instead(own=(), others=None):
    """What stands in place of rows: of their own voice for the ids in `own`, of others by id."""
    row = ("", "elsewhere", "asserts")
    found = {mark: [Attestation(*row, voice, "doc", "p. 1")] for mark, voice in own}
    for mark, voices in (others or {}).items():
        found.setdefault(mark, []).extend(Attestation(*row, v, "doc", "p. 1") for v in voices)
    return found


def standing(text, withdrawn=(), rejected=None):
    made = rows(text)
    own = [(a.id, a.voice) for a in made if a.id in withdrawn]
    s, said = settle(made, instead(own, rejected))
    held = "".join(sorted(a.id for a in living(said)))
    return s.status, s.basis, s.voices, s.opposing, held


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # one voice
        ("1 ngo asserts", ("Uncontested", "Asserted", 1, 0, "1")),
        ("1 ngo alleges", ("Uncontested", "Alleged", 1, 0, "1")),
        ("1 ngo announces", ("Open", "Announced", 1, 0, "1")),
        ("1 ngo questions", ("Open", "Questioned", 1, 0, "1")),
        ("1 ngo denies", ("Denied", "Unsupported", 0, 1, "1")),
        ("1 ngo disputes", ("Denied", "Unsupported", 0, 1, "1")),
        ("1 ngo retracts", ("Retracted", "Unsupported", 0, 0, "1")),
        # several voices
        ("1 ngo asserts; 2 state alleges", ("Uncontested", "Asserted", 2, 0, "12")),
        ("1 ngo alleges; 2 state denies", ("Contested", "Alleged", 1, 1, "12")),
        ("1 ngo asserts; 2 state disputes; 3 law denies", ("Contested", "Asserted", 1, 2, "123")),
        ("1 ngo announces; 2 state questions", ("Open", "Announced", 2, 0, "12")),
        ("1 ngo announces; 2 state denies", ("Contested", "Announced", 1, 1, "12")),
        ("1 ngo questions; 2 state denies", ("Contested", "Questioned", 1, 1, "12")),
        ("1 ngo asserts; 2 press questions", ("Uncontested", "Asserted", 1, 0, "12")),
        ("1 ngo retracts; 2 state denies", ("Retracted", "Unsupported", 0, 1, "12")),
        # the latest stance of a voice, by day
        ("1 ngo asserts 2022-01-01; 2 ngo denies 2022-02-01", ("Denied", "Unsupported", 0, 1, "2")),
        (
            "1 ngo denies 2022-01-01; 2 ngo asserts 2022-02-01",
            ("Uncontested", "Asserted", 1, 0, "2"),
        ),
        (
            "1 ngo asserts 2022-01-01; 2 ngo alleges 2022-02-01",
            ("Uncontested", "Alleged", 1, 0, "2"),
        ),
        (
            "1 ngo announces 2022-01-01; 2 ngo asserts 2022-02-01",
            ("Uncontested", "Asserted", 1, 0, "2"),
        ),
        (
            "1 ngo asserts 2022-01-01; 2 ngo asserts 2022-02-01",
            ("Uncontested", "Asserted", 1, 0, "12"),
        ),
        # days that cannot be ordered, or are not known, all count
        ("1 ngo asserts; 2 ngo denies", ("Contested", "Asserted", 1, 1, "12")),
        ("1 ngo asserts 2022-01-01; 2 ngo denies", ("Contested", "Asserted", 1, 1, "12")),
        (
            "1 ngo asserts 2022-01-01; 2 ngo denies 2022-01-01",
            ("Contested", "Asserted", 1, 1, "12"),
        ),
        (
            "1 ngo asserts 2022-01-01..2022-12-31; 2 ngo denies 2022-06-01",
            ("Contested", "Asserted", 1, 1, "12"),
        ),
        (
            "1 ngo asserts 2022-01-01..2022-05-31; 2 ngo denies 2022-06-01",
            ("Denied", "Unsupported", 0, 1, "2"),
        ),
        # another voice's later word takes nothing back
        (
            "1 ngo asserts 2022-01-01; 2 state denies 2023-01-01",
            ("Contested", "Asserted", 1, 1, "12"),
        ),
        # retractions
        ("1 ngo asserts; 2 ngo retracts", ("Retracted", "Unsupported", 0, 0, "2")),
        ("1 ngo asserts; 2 press asserts; 3 ngo retracts", ("Uncontested", "Asserted", 1, 0, "23")),
        ("1 ngo asserts; 2 press retracts", ("Uncontested", "Asserted", 1, 0, "12")),
        (
            "1 ngo asserts 2023-01-01; 2 ngo retracts 2022-01-01",
            ("Uncontested", "Asserted", 1, 0, "1"),
        ),
        (
            "1 ngo asserts 2021-01-01; 2 ngo retracts 2022-01-01; 3 ngo asserts 2023-01-01",
            ("Uncontested", "Asserted", 1, 0, "3"),
        ),
        (
            "1 ngo denies 2021-01-01; 2 ngo retracts 2022-01-01",
            ("Withdrawn", "Unsupported", 0, 0, "2"),
        ),
    ],
)
def test_standing(said, expected):
    assert standing(said) == expected


@pytest.mark.parametrize(
    ("said", "withdrawn", "expected"),
    [
        ("1 ngo asserts", {"1"}, ("Corrected", "Unsupported", 0, 0, "")),
        ("1 ngo announces", {"1"}, ("Corrected", "Unsupported", 0, 0, "")),
        ("1 ngo asserts; 2 state denies", {"1"}, ("Corrected", "Unsupported", 0, 1, "2")),
        ("1 ngo asserts; 2 press asserts", {"1"}, ("Uncontested", "Asserted", 1, 0, "2")),
        ("1 ngo asserts; 2 press alleges", {"1"}, ("Uncontested", "Alleged", 1, 0, "2")),
        ("1 ngo asserts; 2 state denies", {"2"}, ("Uncontested", "Asserted", 1, 0, "1")),
        ("1 state denies", {"1"}, ("Withdrawn", "Unsupported", 0, 0, "")),
        ("1 ngo asserts; 2 ngo retracts", {"1"}, ("Corrected", "Unsupported", 0, 0, "2")),
    ],
)
def test_what_a_voice_puts_in_place_of_its_own_row(said, withdrawn, expected):
    assert standing(said, withdrawn) == expected


@pytest.mark.parametrize(
    ("said", "rejected", "expected"),
    [
        ("1 ngo asserts", {"1": ["law"]}, ("Contested", "Asserted", 1, 1, "1")),
        ("1 ngo asserts", {"1": ["law", "state"]}, ("Contested", "Asserted", 1, 2, "1")),
        ("1 ngo asserts; 2 law denies", {"1": ["law"]}, ("Contested", "Asserted", 1, 1, "12")),
        ("1 ngo asserts", {"9": ["law"]}, ("Uncontested", "Asserted", 1, 0, "1")),
        ("1 ngo questions", {"1": ["law"]}, ("Contested", "Questioned", 1, 1, "1")),
        ("1 ngo asserts; 2 ngo retracts", {"1": ["law"]}, ("Retracted", "Unsupported", 0, 1, "2")),
    ],
)
def test_what_another_voice_puts_in_place_of_a_row(said, rejected, expected):
    assert standing(said, (), rejected) == expected


@pytest.mark.parametrize(
    ("said", "voices", "documents"),
    [
        ("1 ngo asserts in a; 2 ngo asserts in b; 3 ngo asserts in c", 1, 3),
        ("1 ngo asserts in a; 2 ngo asserts in a", 1, 1),
        ("1 ngo asserts in a; 2 press asserts in a", 2, 1),
        ("1 ngo alleges in a; 2 state denies in b", 1, 1),
        ("1 ngo asserts in a; 2 press questions in b", 1, 1),
        ("1 ngo questions in a; 2 press announces in b", 2, 2),
        ("1 ngo asserts in a; 2 ngo questions in b", 1, 1),
        ("1 ngo asserts 2021-01-01 in a; 2 ngo alleges 2022-01-01 in b", 1, 2),
        ("1 state denies in a", 0, 0),
    ],
)
def test_a_document_that_repeats_a_voice_adds_no_voice(said, voices, documents):
    s, _ = settle(rows(said))
    assert (s.voices, s.documents) == (voices, documents)


def test_a_row_replaced_by_its_voice_adds_no_document():
    s, _ = settle(rows("1 ngo asserts in a; 2 ngo asserts in b"), instead([("1", "ngo")]))
    assert (s.voices, s.documents) == (1, 1)


def test_the_dates_are_the_envelope_of_what_is_put_forward():
    first, second, denial = rows("1 ngo asserts; 2 press alleges; 3 state denies")
    said = [
        first._replace(earliest="2022-01-01", latest="2022-12-31"),
        second._replace(earliest="2021-06-01"),
        denial._replace(earliest="1999-01-01", latest="2099-01-01"),
    ]
    s, _ = settle(said)
    assert (s.earliest, s.latest) == ("2021-06-01", "2022-12-31")


SAID = st.lists(
    st.tuples(
        st.sampled_from(["ngo", "press", "state"]),
        st.sampled_from(STANCES),
        st.sampled_from(["", "2021-01-01", "2022-01-01", "2021-01-01..2022-06-01"]),
    ),
    min_size=1,
    max_size=6,
)


@given(SAID, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_nothing_and_the_counts_agree(said, random):
    made = rows(";".join(f"{i} {' '.join(parts)}" for i, parts in enumerate(said)))
    s, marked = settle(made)
    shuffled = made.copy()
    random.shuffle(shuffled)
    again = settle(shuffled)
    assert again[0] == s
    assert sorted(again[1]) == sorted(marked)
    assert s.status in STATUSES
    assert (s.basis == "Unsupported") == (s.voices == 0) == (s.documents == 0)
    assert living(marked)
    if s.status == "Contested":
        assert s.voices and s.opposing
    if s.status in ("Uncontested", "Open"):
        assert s.voices and not s.opposing
    if s.status == "Denied":
        assert s.opposing and not s.voices
