"""Words found in a text, and written into the row that cites them."""

import hashlib
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.case import locate, texts
from kg.model.errors import KgError

TEXT = "“Frau Müller” sagt,  der Be-\nricht sei so\u00adgar inter-\nnational. Mu\u0308ller schweigt. Der ﬁsch."


def found(words, text=TEXT):
    return [p.words for p in locate.find(text, words)]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ('"Frau Müller" sagt, der Bericht', ["“Frau Müller” sagt,  der Be-\nricht"]),
        ("«Frau Müller»", ["“Frau Müller”"]),
        ("sogar", ["so\u00adgar"]),
        ("Müller", ["Müller", "Mu\u0308ller"]),
        (unicodedata.normalize("NFD", "Müller"), ["Müller", "Mu\u0308ller"]),
        ("Muller", []),
        ("Mu", []),
        ("international", ["inter-\nnational"]),
        ("inter-national", ["inter-\nnational"]),
        ("fisch", ["ﬁsch"]),
        ("  sei \n sogar ", ["sei so\u00adgar"]),
        ("bericht", []),
        ("", []),
        ("   ", []),
    ],
)
def test_what_makes_no_difference(words, printed):
    assert found(words) == printed


def test_a_passage_is_exact():
    text = TEXT + " Müller."
    for place in locate.find(text, "Müller"):
        start, end = map(int, place.passage.split("-"))
        assert text[start:end] == place.words
        assert place.digest == f"sha256:{hashlib.sha256(text[start:end].encode()).hexdigest()}"


@given(st.text(st.sampled_from("ab \n-\u00ad“\"'’é\u0301ﬁ"), max_size=40), st.data())
def test_every_stretch_is_found_by_its_own_words(text, data):
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    places = locate.find(text, words)
    assert all(text[p.start : p.end] == p.words for p in places)
    plain = locate.Plain(words).text.strip()
    whole = words.strip() == words and not any(unicodedata.combining(c) for c in text)
    if plain and whole and "-" not in text and "\u00ad" not in text and "ﬁ" not in text:
        assert any(p.start <= start + len(words) and p.end >= start for p in places)


def test_near_misses_are_shown_nearest_first():
    text = "The mayor opened the bridge on Monday. Nobody saw the mayor close the old bridge again."
    assert [p.words for p in locate.near(text, "the mayor opened the bridge")] == [
        "The mayor opened the bridge"
    ]
    near = locate.near(text, "the mayor closed an old bridge")
    assert near[0].words == "the mayor close the old bridge"
    assert locate.near(text, "something else entirely") == []


HTML = (
    "<!doctype html><html><head><title>No</title><style>p{}</style></head><body><p>A <b>bold</b>"
    " word.</p><script>no()</script><ul><li>One &amp; two</li><li>three</li></ul></body></html>"
)


def docx(path, body):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)


WORD = (
    '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>First </w:t></w:r><w:r><w:t>line</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p></w:body></w:document>"
)


def test_each_kind_of_file_is_read(tmp_path):
    (tmp_path / "a.html").write_text(HTML)
    assert texts.read(tmp_path / "a.html") == "A bold word.\nOne & two\nthree\n"
    docx(tmp_path / "a.docx", WORD)
    assert texts.read(tmp_path / "a.docx") == "First line\na\tb\n"
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# A\r\nb")
    assert texts.read(tmp_path / "a.md") == "# A\nb"


def test_a_pdf_is_read(tmp_path):
    content = b"BT /F1 12 Tf 20 100 Td (Words of a PDF) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    (tmp_path / "a.pdf").write_bytes(data + head + table + tail)
    assert texts.read(tmp_path / "a.pdf") == "Words of a PDF\n"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"\xff\xfea", "not UTF-8 at byte 0"),
        ("a.pdf", b"%PDF-1.4 nothing", "cannot be read as a PDF"),
        ("a.docx", b"PK nothing", "is no whole docx file"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(KgError, match=told) as caught:
        texts.read(tmp_path / name)
    assert ".txt" in str(caught.value)


def test_entities_in_a_docx_are_refused(tmp_path):
    docx(tmp_path / "a.docx", '<!DOCTYPE w [<!ENTITY a "aa">]>' + WORD)
    with pytest.raises(KgError, match="declares entities"):
        texts.read(tmp_path / "a.docx")


CLAIMS = (
    "subject,relation,object,document,locator,passage,passage_digest,key\n"
    'body-fuzhou,operates,station-irl01,doc-page,"p. ""1""",,,d1\n'
    "body-fuzhou,operates,station-irl01,doc-report,p. 2,0-3,,d2\n"
)


@pytest.fixture
def placed(make_case):
    """A case with the text of its page; its ledger."""
    folder = make_case(claims=CLAIMS)
    (folder / "texts").mkdir()
    (folder / "texts" / "A page.txt").write_text("One station. Two stations, one station more.\n")
    return folder / "data" / "claims.csv"


@pytest.fixture
def run(placed, kg):
    """Run a command line in that case: its exit code, what it prints, what it says."""

    def told(*words):
        ran = kg(placed.parents[1], *words)
        return ran.returncode, ran.stdout, ran.stderr

    return told


def test_the_cells_are_printed(placed, run):
    code, out, _ = run("locate", "A page", "Two  stations")
    mark = hashlib.sha256(b"Two stations").hexdigest()
    whole = hashlib.sha256((placed.parents[1] / "texts" / "A page.txt").read_bytes()).hexdigest()
    assert code == 0
    assert out.splitlines() == [
        "passage         13-25",
        f"passage_digest  sha256:{mark}",
        f"digest          sha256:{whole}",
        "  …One station. [Two stations] , one station more.…",
    ]


def test_several_places_are_listed_and_one_is_taken(placed, run):
    code, out, err = run("locate", "doc-page", "station")
    assert (code, out.count("passage  ")) == (1, 3)
    assert "they stand at 3 places; take one with --nth" in err
    code, out, _ = run("locate", "doc-page", "station", "--nth", "2")
    assert (code, out.splitlines()[0]) == (0, "passage         17-24")
    code, _, err = run("locate", "doc-page", "station", "--nth", "4")
    assert (code, "stand at 3 places" in err) == (2, True)


def test_words_that_are_not_there_show_the_nearest(placed, run):
    code, out, err = run("locate", "doc-page", "two stations")
    assert code == 1
    assert "[Two stations]" in out
    assert "the words are not in A page.txt; nearest are" in err


def test_a_row_gets_the_cells_and_nothing_else_changes(placed, run):
    before = placed.read_text()
    words = ("locate", "doc-page", "Two stations", "--row", "@d1")
    code, out, _ = run(*words, "--dry-run")
    assert (code, placed.read_text()) == (0, before)
    assert out.startswith("--- a/claims.csv\n+++ b/claims.csv\n@@ -2 +2 @@\n-body-fuzhou")
    assert run(*words)[0] == 0
    mark = hashlib.sha256(b"Two stations").hexdigest()
    assert placed.read_text() == before.replace(",,,d1", f",13-25,sha256:{mark},d1")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("doc-page", "Two stations", "--row", "d3"), 1, "d3"),
        (("doc-page", "Two stations", "--row", "d2"), 2, "row 3 cites doc-report, not doc-page"),
        (("doc-report", "Two"), 3, "no file for doc-report; name it doc-report.txt"),
        (("The repotr", "Two"), 1, "doc-report"),
        (("person-lu", "Two"), 1, "person-lu"),
        (("doc-page", "Two", "--dry-run"), 2, "--dry-run shows what --row would write"),
        (("doc-page", "Two", "--texts", "nowhere"), 2, "nowhere is no folder"),
    ],
)
def test_what_cannot_be_located_is_told(placed, run, words, code, told):
    ended, _, err = run("locate", *words)
    assert (ended, told in err) == (code, True), err
