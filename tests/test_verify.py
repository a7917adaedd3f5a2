"""Passages found again in texts, and their digests filled in."""

import hashlib

import pytest

from kg.case import folder as cases
from kg.case.verify import fill, mismatches, text, verify
from kg.model.errors import BadTables, UsageError

WORDS = "Zhōngwén 警察 first line\r\nThe second line names a station.\nAgain: names a station. End."
PLAIN = WORDS.replace("\r\n", "\n")
HEAD = "subject,relation,object,document,locator,passage,passage_digest\n"


def digest(words):
    return f"sha256:{hashlib.sha256(words.encode()).hexdigest()}"


def place(words, after=0):
    start = PLAIN.index(words, after)
    return f"{start}-{start + len(words)}"


def row(passage, mark, document="doc-page"):
    return f"body-fuzhou,operates,station-irl01,{document},p. 1,{passage},{mark}\n"


@pytest.fixture
def make(make_case, tmp_path):
    """A case whose page has a text, with these ledger rows; and the folder of texts."""

    def make_it(*rows, head=HEAD, words=WORDS):
        (tmp_path / "page.txt").write_bytes(words.encode())
        mark = f"sha256:{hashlib.sha256(words.encode()).hexdigest()}"
        documents = f"id,name,digest\ndoc-page,A page,{mark}\ndoc-report,The report,\n"
        folder = make_case(documents=documents, claims=head + "".join(rows), figures="")
        (folder / "data" / "figures.csv").unlink()
        return cases.find(folder), tmp_path

    return make_it


def results(case, texts):
    return [f.result for f in verify(case, texts)]


def test_each_result(make):
    once, twice = "second line", "names a station"
    rows = [
        row(place("警察"), digest("警察")),
        row(f"{place('first')} | {place('End')}", digest("first\nEnd")),
        row("3-14", digest(once)),
        row("3-18", digest(twice)),
        row("3-14", digest("never said ")),
        row("900-911", ""),
        row("3-14", ""),
        row("3-14", digest(once), "doc-report"),
        row("", ""),
    ]
    case, texts = make(*rows)
    expected = [
        "exact",
        "exact",
        "moved",
        "ambiguous",
        "missing",
        "missing",
        "no-digest",
        "no-text",
    ]
    assert results(case, texts) == expected


def test_where_the_words_stand_now(make):
    case, texts = make(row("3-14", digest("second line")), row("3-18", digest("names a station")))
    moved, several = verify(case, texts)
    assert moved.at == (place("second line"),)
    later = PLAIN.index("names a station") + 1
    assert several.at == (place("names a station"), place("names a station", later))
    assert [f.row for f in mismatches([moved, several])] == [2, 3]
    told = text([moved, several], 100)
    assert f"claims.csv, row 2: moved: doc-page 3-14; now at {moved.at[0]}\n" in told
    assert told.endswith("2 passages: 1 moved, 1 ambiguous\n")


def test_stretches_that_moved_together_are_found_together(make):
    first, last = PLAIN.index("first"), PLAIN.index("End")
    shifted = f"{first - 2}-{first + 3} | {last - 2}-{last + 1}"
    apart = f"{first - 2}-{first + 3} | {last - 1}-{last + 2}"
    case, texts = make(row(shifted, digest("first\nEnd")), row(apart, digest("first\nEnd")))
    moved, missing = verify(case, texts)
    assert (moved.result, moved.at) == ("moved", (f"{place('first')} | {place('End')}",))
    assert missing.result == "missing"


def test_a_near_match_is_none(make):
    case, texts = make(row(place("second line"), digest("Second line")))
    assert results(case, texts) == ["missing"]


def test_short_digests_are_compared_as_far_as_they_go(make):
    mark = digest("警察")[:23]
    case, texts = make(row(place("警察"), mark), row("0-2", mark))
    assert results(case, texts) == ["exact", "moved"]


def test_entity_tables_are_looked_at_as_well(make):
    case, texts = make(row(place("警察"), digest("警察")))
    stations = (
        f"id,name,document,locator,passage\nstation-irl01,Dublin,doc-page,r 1,{place('End')}\n"
    )
    (case.root / "data" / "stations.csv").write_text(stations, encoding="utf-8")
    assert [(f.file, f.result) for f in verify(case, texts)] == [
        ("claims.csv", "exact"),
        ("stations.csv", "no-digest"),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_filling_changes_nothing_but_blank_cells(make, ends, mark):
    head = "passage_digest,subject,relation,object,document,gloss,locator,passage\n"
    rest = 'body-fuzhou,operates,station-irl01,doc-page,"a ""quoted"", gloss","p. 1",'
    kept = "sha256:" + "0" * 64
    case, texts = make()
    before = (
        head
        + f",{rest}{place('警察')}\n\n{kept},{rest}{place('End')}\n  ,{rest}0-3\n,{rest}900-901"
    )
    path = case.root / "data" / "claims.csv"
    path.write_bytes((mark + before.replace("\n", ends)).encode())
    filled = fill(case, texts)
    assert [(f.row, f.result) for f in filled] == [(2, "filled"), (5, "filled")]
    after = before.replace(f",{rest}{place('警察')}", f"{digest('警察')},{rest}{place('警察')}", 1)
    after = after.replace(f"  ,{rest}0-3", f"{digest('Zhō')},{rest}0-3")
    assert path.read_bytes() == (mark + after.replace("\n", ends)).encode()
    assert fill(case, texts) == []
    assert results(case, texts) == ["exact", "missing", "exact", "missing"]


def test_a_blank_cell_at_the_very_end_is_filled(make):
    case, texts = make(row(place("警察"), "").rstrip("\n"))
    assert len(fill(case, texts)) == 1
    assert results(case, texts) == ["exact"]


def test_tables_that_cannot_be_read_stop_it(make):
    case, texts = make(row("0-3", ""), "a,row,too,short\n")
    before = (case.root / "data" / "claims.csv").read_bytes()
    for act in (verify, fill):
        with pytest.raises(BadTables):
            act(case, texts)
    assert (case.root / "data" / "claims.csv").read_bytes() == before


def test_texts_must_be_a_folder(make):
    case, texts = make(row("0-3", ""))
    with pytest.raises(UsageError, match="is no folder"):
        verify(case, texts / "nowhere")


def test_a_document_that_is_no_text_has_none(make):
    case, texts = make(row("0-3", digest("Zhō")))
    data = b"%PDF\xff\xfe"
    (texts / "page.txt").write_bytes(data)
    path = case.root / "data" / "documents.csv"
    path.write_text(f"id,name,digest\ndoc-page,A page,{hashlib.sha256(data).hexdigest()}\n")
    assert results(case, texts) == ["no-text"]
