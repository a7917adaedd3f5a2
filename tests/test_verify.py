"""Passages and quotes found again in texts, and digests filled in."""

import hashlib
import unicodedata

import pytest

from kg.case import folder as cases
from kg.case import tablewriter
from kg.case.texts import folder_of
from kg.case.verify import fill as planned
from kg.case.verify import mismatches, text, verify
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
        case = cases.find(folder)
        return case, tmp_path

    return make_it


def fill(case, texts):
    filled, changes = planned(case, texts)
    tablewriter.write(changes)
    return filled


def results(case, texts):
    return [f.result for f in verify(case, texts) if f.row]


def documents(case, texts):
    """What is told of documents: (id, result)."""
    return [(f.document, f.result) for f in verify(case, texts) if not f.row]


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
    moved, several, *_ = verify(case, texts)
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
    moved, missing, *_ = verify(case, texts)
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
    assert [(f.file, f.result) for f in verify(case, texts) if f.row] == [
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


def test_the_texts_of_a_case_are_in_its_folder(make):
    case, texts = make(row("0-3", digest("Zhō")))
    with pytest.raises(UsageError, match="nowhere is no folder; name the one"):
        folder_of(case.root, str(texts / "nowhere"))
    with pytest.raises(UsageError, match="put the documents' texts there"):
        folder_of(case.root, "")
    (case.root / "texts").mkdir()
    assert folder_of(case.root, "") == case.root / "texts"


def test_a_document_that_is_no_text_is_told(make):
    case, texts = make(row("0-3", digest("Zhō")))
    data = b"%PDF\xff\xfe"
    (texts / "page.txt").write_bytes(data)
    path = case.root / "data" / "documents.csv"
    path.write_text(f"id,name,digest\ndoc-page,A page,{hashlib.sha256(data).hexdigest()}\n")
    assert results(case, texts) == ["no-text"]
    assert documents(case, texts) == [("doc-page", "unreadable")]


@pytest.mark.parametrize(
    "name",
    ["doc-page.txt", "A page.txt", "a_page.txt", "A  PAGE.md", "a-page.txt", "sub/A page.txt"],
)
def test_a_text_is_matched_by_the_name_of_its_file(make, name):
    case, texts = make(row(place("警察"), digest("警察")))
    (texts / "page.txt").unlink()
    (case.root / "data" / "documents.csv").write_text("id,name,digest\ndoc-page,A page,\n")
    (texts / name).parent.mkdir(exist_ok=True)
    (texts / name).write_bytes(WORDS.encode())
    assert results(case, texts) == ["exact"]
    filled = fill(case, texts)
    assert [(f.file, f.row, f.digest) for f in filled] == [("documents.csv", 2, digest(WORDS))]
    assert documents(case, texts) == []


def test_an_altered_text_is_told_among_intact_ones(make):
    intact = row(place("警察"), digest("警察"))
    case, texts = make(intact, row("0-3", digest("Zhō"), "doc-report"))
    mark = hashlib.sha256(WORDS.encode()).hexdigest()
    held = f"id,name,digest\ndoc-page,A page,{mark}\ndoc-report,The report,{'0' * 64}\n"
    (case.root / "data" / "documents.csv").write_text(held)
    (texts / "doc-report.txt").write_text("Zhō and more, since.")
    found = verify(case, texts)
    assert [f.result for f in found] == ["exact", "exact", "altered"]
    assert [f.document for f in mismatches(found)] == ["doc-report"]
    assert "doc-report.txt has the digest" in text(found, 200)


def test_two_files_of_one_name_are_told(make):
    case, texts = make(row("0-3", digest("Zhō"), "doc-report"))
    (texts / "doc-report.txt").write_text("one")
    (texts / "The report.txt").write_text("two")
    assert ("doc-report", "several") in documents(case, texts)


def test_what_is_cited_and_not_at_hand_is_listed(make):
    case, texts = make(row("", "", "doc-report"), row(place("警察"), digest("警察")))
    found = verify(case, texts)
    assert [(f.document, f.result) for f in found if not f.row] == [("doc-report", "absent")]
    assert "doc-report: no file is its text; cited by 1 row" in text(found, 100)
    assert mismatches(found) == []


QUOTED = "subject,relation,object,document,locator,passage,passage_digest,quote\n"
SPOKEN = "He said: “It is\nso\u00adgar cafe\u0301 of the inter-\nnational order.” Then he left."


HELD = f"9-{SPOKEN.index('”') + 1}"


def quoting(make, quote, passage=HELD):
    start, end = map(int, passage.split("-")) if passage else (0, 0)
    mark = f"sha256:{hashlib.sha256(SPOKEN[start:end].encode()).hexdigest()}" if passage else ""
    line = f'body-fuzhou,operates,station-irl01,doc-page,p. 1,{passage},{mark},"{quote}"\n'
    case, texts = make(line, head=QUOTED, words=SPOKEN)
    return next(f for f in verify(case, texts) if f.row)


FINE = "It is sogar café of the international order."


@pytest.mark.parametrize(
    "quote",
    [
        FINE,
        unicodedata.normalize("NFD", FINE),
        "It is [...] order",
        "“It  is sogar",
        "inter-national",
    ],
)
def test_a_quote_is_in_its_passage(make, quote):
    assert quoting(make, quote.replace('"', '""')).result == "exact"


@pytest.mark.parametrize(
    ("quote", "character"),
    [
        ("it is sogar", 1),
        ("It is sogar cafe of", 17),
        ("It is sogar café of the international order!", 44),
        ("It is sogar [...] It is", 19),
        ("He said", 1),
    ],
)
def test_a_quote_that_is_not_is_told_with_its_first_difference(make, quote, character):
    found = quoting(make, quote)
    assert found.result == "quote"
    assert mismatches([found]) == [found]
    assert f"the quote differs from character {character} on" in found.note


def test_a_quote_without_a_passage_is_sought_in_the_text(make):
    found = quoting(make, "Then he left.", passage="")
    assert (found.result, found.at) == ("no-passage", ("60-73",))
    assert quoting(make, "Then she left.", passage="").result == "quote"


def test_of_an_altered_text_is_told_what_to_do(make_case, tmp_path):
    (tmp_path / "doc-page.txt").write_text("Other words.")
    documents = f"id,name,digest\ndoc-page,A page,sha256:{'0' * 64}\n"
    claims = (
        "subject,relation,object,document,locator\nperson-lu,visited,place-irl,doc-page,row 1\n"
    )
    case = cases.find(make_case(claims=claims, documents=documents))
    told = text(verify(case, tmp_path), 999)
    assert "doc-page: altered: doc-page.txt has the digest" in told
    assert "put the text back that was read, or empty the record's cell digest" in told


def test_a_quote_without_a_passage_that_is_not_in_its_text_is_told_with_the_nearest(
    make_case, tmp_path
):
    words = "She never had a share in the harbour, she said."
    (tmp_path / "doc-page.txt").write_text(words)
    claims = (
        "subject,relation,object,document,locator,quote\n"
        "person-lu,visited,place-irl,doc-page,row 1,she never had any share in the harbour\n"
    )
    case = cases.find(make_case(claims=claims))
    told = text(verify(case, tmp_path), 200)
    assert told.startswith(
        "claims.csv, row 2: quote: doc-page; the quote is not in its text; nearest is “She never had a"
    )
