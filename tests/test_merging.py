"""Two copies of a case or a table joined row by row: what is taken, what is asked back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.case import merge_case, merge_table
from kg.case.form import Form
from kg.model.errors import UsageError

PEOPLE = "id,name,aliases,note\na,Ann,,x\nb,Bob,,y\nc,Cid,Ciddy,z\n"
CLAIMS = (
    "subject,relation,object,document,locator,gloss,key\n"
    "a,met,b,d1,p. 1,saw,\na,met,b,d1,p. 2,saw again,\na,owns,c,d1,p. 3,,k1\n"
)
JUDGED = "kind,left,right,reason,by,date\n"


def join(base, ours, theirs, name="people.csv", form=None):
    texts = (base, ours, theirs)
    data = (t.encode() if isinstance(t, str) else t for t in texts)
    made = merge_table.merge(*(merge_table.read(Path(name), d, form or Form()) for d in data))
    return made.data.decode(), [(c.row, c.column, c.what) for c in made.clashes]


def lines(text):
    return text.splitlines()[1:]


@pytest.mark.parametrize(
    ("ours", "theirs", "rows"),
    [
        # A cell each, of one row and of two.
        (("a,Ann,,x", "a,Anne,,x"), ("c,Cid,Ciddy,z", "c,Cid,Ciddy,zz"), "a,Anne,,x/b,Bob,,y/c,Cid,Ciddy,zz"),
        (("a,Ann,,x", "a,Anne,,x"), ("a,Ann,,x", "a,Ann,,xx"), "a,Anne,,xx/b,Bob,,y/c,Cid,Ciddy,z"),
        # The same change in both.
        (("b,Bob,,y", "b,Rob,,y"), ("b,Bob,,y", "b,Rob,,y"), "a,Ann,,x/b,Rob,,y/c,Cid,Ciddy,z"),
        # A row taken out, a row more, where it stands.
        (("b,Bob,,y\n", ""), ("a,Ann,,x", "a,Ann,,x\ne,Eve,,"), "a,Ann,,x/e,Eve,,/c,Cid,Ciddy,z"),
        # Both add to a set.
        (("Ciddy", "Ciddy | Cy"), ("Ciddy", "Kid"), "a,Ann,,x/b,Bob,,y/c,Cid,Cy | Kid,z"),
        # A new id for one record, and another word in the same row.
        (("a,Ann,,x", "a1,Ann,,x"), ("a,Ann,,x", "a,Anna,,x"), "a1,Anna,,x/b,Bob,,y/c,Cid,Ciddy,z"),
    ],
)  # fmt: skip
def test_what_one_copy_changed_is_taken(ours, theirs, rows):
    for one, other in ((ours, theirs), (theirs, ours)):
        text, clashes = join(PEOPLE, PEOPLE.replace(*one), PEOPLE.replace(*other))
        assert clashes == []
        held = [line.replace("Kid | Cy", "Cy | Kid") for line in lines(text)]
        assert held == rows.split("/")


def test_where_both_changed_a_cell_both_rows_are_kept_and_told():
    text, clashes = join(PEOPLE, PEOPLE.replace(",x", ",1"), PEOPLE.replace(",x", ",2"))
    assert lines(text)[:2] == ["a,Ann,,1", "a,Ann,,2"]
    assert clashes == [("a", "note", "changed in both copies; both rows are kept")]


def test_a_row_that_one_took_out_and_the_other_changed_is_kept_and_told():
    out, changed = PEOPLE.replace("b,Bob,,y\n", ""), PEOPLE.replace(",y", ",yy")
    for copies in ((out, changed), (changed, out)):
        text, clashes = join(PEOPLE, *copies)
        assert "b,Bob,,yy" in text
        assert [c[:2] for c in clashes] == [("b", "note")]


def test_columns_added_renamed_moved_and_taken_out():
    wider = "id,born,name,aliases,note\na,1970,Ann,,x\nb,,Bob,,y\nc,,Cid,Ciddy,z\n"
    renamed = PEOPLE.replace("name,", "label,").replace("Bob", "Rob")
    text, clashes = join(PEOPLE, renamed, wider)
    assert (text.splitlines()[0], clashes) == ("id,born,label,aliases,note", [])
    assert lines(text)[:2] == ["a,1970,Ann,,x", "b,,Rob,,y"]
    narrow = "id,name,aliases\na,Ann,\nb,Bob,\nc,Cid,Ciddy\n"
    assert join(PEOPLE, narrow, PEOPLE) == (narrow, [])
    text, clashes = join(PEOPLE, narrow, PEOPLE.replace(",z", ",zz"))
    assert lines(text) == ["a,Ann,,x", "b,Bob,,y", "c,Cid,Ciddy,zz"]
    assert [c[1] for c in clashes] == ["note"]


def test_rows_that_one_copy_moved_are_the_same_rows():
    head, a, b, c = PEOPLE.splitlines(True)
    moved = head + c + a + b
    ours = PEOPLE.replace(",y", ",yy")
    for copies in ((ours, moved), (moved, ours)):
        assert join(PEOPLE, *copies) == (moved.replace(",y", ",yy"), [])


def test_rows_of_the_ledger_without_a_key_are_known_by_what_they_say():
    ours = CLAIMS.replace("saw again", "saw him again")
    theirs = CLAIMS.replace("a,met,b,d1,p. 1,saw,\n", "")
    assert join(CLAIMS, ours, theirs, "claims.csv") == (
        ours.replace("a,met,b,d1,p. 1,saw,\n", ""),
        [],
    )
    # One place that both mend.
    plain = CLAIMS.replace("saw again", "")
    mended = (plain.replace("p. 2", page) for page in ("p. 20", "p. 21"))
    text, clashes = join(plain, *mended, "claims.csv")
    assert [c[1] for c in clashes] == ["locator"]
    assert "p. 20" in text and "p. 21" in text
    # Another place and other words: that is another passage, and nothing is mixed.
    moved = CLAIMS.replace("p. 1,saw,", "p. 9,greeted,")
    text, clashes = join(CLAIMS, moved, CLAIMS.replace("saw,", "met her,"), "claims.csv")
    assert "p. 9,greeted," in text
    assert "p. 1,met her," in text
    assert len(clashes) == 1


def test_a_passage_that_both_entered_is_one_row_or_is_told():
    row = "b,met,c,d1,p. 9,hello,\n"
    assert join(CLAIMS, CLAIMS + row, CLAIMS + row, "claims.csv") == (CLAIMS + row, [])
    text, clashes = join(CLAIMS, CLAIMS + row, CLAIMS + row.replace("hello", "hi"), "claims.csv")
    assert text.endswith(row + row.replace("hello", "hi"))
    assert [c[:2] for c in clashes] == [("b met c d1", "gloss")]


def test_rows_of_one_event_are_told_apart_by_their_documents():
    base = "id,payer,amount,document,locator,gloss\ne1,a,5,d1,p. 1,x\ne1,a,6,d2,p. 2,y\ne1,a,7,d2,p. 3,z\n"
    ours = base.replace("p. 1,x", "p. 1,xx")
    theirs = base.replace("e1,a,6,d2", "e1,b,6,d2").replace("e1,a,7,d2,p. 3,z\n", "")
    text, clashes = join(base, ours, theirs, "events.csv")
    assert lines(text) == ["e1,a,5,d1,p. 1,xx", "e1,b,6,d2,p. 2,y"]
    assert clashes == []


def test_rows_that_share_an_id_by_mistake_are_all_kept():
    base = "id,name\na,Ann\na,Bob\n"
    text, _ = join(base, base + "b,Cid\n", base.replace("Bob", "Rob"))
    assert lines(text) == ["a,Ann", "a,Rob", "b,Cid"]


def test_judgements_that_agree_are_kept_and_those_that_do_not_are_told():
    one, two = "same,a,b,one,X,2022\n", "same,b,a,two,Y,2023\n"
    text, clashes = join(JUDGED, JUDGED + one, JUDGED + two, "judgements.csv")
    assert (sorted(lines(text)), clashes) == ([one.strip(), two.strip()], [])
    other = two.replace("same", "different")
    text, clashes = join(JUDGED, JUDGED + one, JUDGED + other, "judgements.csv")
    assert lines(text) == [one.strip(), other.strip()]
    assert [c[1] for c in clashes] == ["kind"]


def test_the_way_a_table_is_written_stays():
    base = '\ufeffid;name\r\na;"Ann ""A"" ; B"\r\nb;Bob\r\n'.encode()
    theirs = base.replace(b"Bob", b"Rob")
    text, _ = join(base, base + b'c;"Cid"\r\n', theirs, form=Form(separator=";"))
    assert text.encode() == theirs + b'c;"Cid"\r\n'


def test_a_table_that_both_began_and_one_with_columns_without_a_name():
    rows = "id,name\na,Ann\n"
    assert join("", rows, rows + "b,Bob\n") == (rows + "b,Bob\n", [])
    loose = "id,name,,\na,Ann,,\n"
    assert join(rows, loose, rows + "b,Bob\n") == (rows + "b,Bob\n", [])


@pytest.mark.parametrize("torn", ["id,name\na,b,c\n", "id,id\na,b\n", 'id,name\na,"b\n'])
def test_a_table_that_cannot_be_read_is_not_joined(torn):
    with pytest.raises(UsageError):
        join("id,name\n", "id,name\na,b\n", torn)


CELL = st.sampled_from(["", "x", "y", "zed, the last", 'a "b"'])
ROWS = st.dictionaries(st.sampled_from("abcdef"), st.tuples(CELL, CELL), max_size=5)


def written(rows):
    quoted = ((i, *('"' + c.replace('"', '""') + '"' for c in cells)) for i, cells in rows.items())
    return "id,name,note\n" + "".join(",".join(row) + "\n" for row in quoted)


def values(text):
    rows = merge_table.read(Path("people.csv"), text.encode(), Form()).rows
    return {v for cells in rows.cells for v in cells.values() if v}


@given(base=ROWS, ours=ROWS, theirs=ROWS)
def test_nothing_new_is_lost_and_nothing_is_made_up(base, ours, theirs):
    b, o, t = map(written, (base, ours, theirs))
    assert join(b, o, b) == (o, [])
    text, clashes = join(b, b, o)
    assert (sorted(lines(text)), clashes) == (sorted(lines(o)), [])
    made = values(join(b, o, t)[0])
    new = (values(o) | values(t)) - values(b)
    assert new <= made <= values(b) | values(o) | values(t)


def test_swapping_the_copies_changes_no_row():
    one, other = PEOPLE.replace(",x", ",1"), PEOPLE.replace("Bob", "Rob") + "d,Dee,,\n"
    first, second = join(PEOPLE, one, other), join(PEOPLE, other, one)
    assert (sorted(lines(first[0])), first[1]) == (sorted(lines(second[0])), second[1])


@pytest.fixture
def copies(make_case, tmp_path):
    base = make_case()
    for name in ("base", "ours", "theirs"):
        shutil.copytree(base, tmp_path / name)
    return tmp_path


def change(folder, name, old, new):
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def test_a_case_is_joined_file_by_file(copies, kg):
    ours, theirs = copies / "ours", copies / "theirs"
    change(ours, "data/case.toml", "A case", "My case")
    change(theirs, "data/case.toml", "\n\n[check]", '\nlanguage = "de"\n\n[check]')
    change(theirs, "data/people.csv", "Harry Lu", "Harry Lu | H. Lu")
    (theirs / "queries").mkdir()
    (theirs / "queries" / "q.rq").write_text("ASK {}", encoding="utf-8")
    (ours / "data" / "figures.csv").unlink()
    (ours / "out").mkdir()
    run = kg(copies, "merge", "base", "ours", "theirs", "-o", "joined")
    assert (run.returncode, run.stdout) == (0, "")
    made = copies / "joined"
    toml = (made / "data" / "case.toml").read_text("utf-8")
    assert 'title = "My case of ten rows"' in toml
    assert 'language = "de"\n\n[check]' in toml
    assert "Harry Lu | H. Lu" in (made / "data" / "people.csv").read_text("utf-8")
    assert (made / "queries" / "q.rq").exists()
    assert not (made / "data" / "figures.csv").exists()
    assert not (made / "out").exists()


def test_what_takes_a_person_is_listed_and_nothing_of_it_is_lost(copies, kg):
    ours, theirs = copies / "ours", copies / "theirs"
    for folder, word in ((ours, "one"), (theirs, "two")):
        change(folder, "data/case.toml", "A case", word)
        change(folder, "ontology/terms.ttl", '"person"', f'"{word}"')
    change(theirs, "data/people.csv", "Harry", "Larry")
    run = kg(copies, "merge", "base", "ours", "theirs", "--format", "csv")
    assert run.returncode == 1
    assert (
        "case.toml,,title,changed in both copies; ours is kept,A case of ten rows,one of"
        in run.stdout
    )
    assert "nothing is written" in run.stderr
    assert not (copies / "joined").exists()
    run = kg(copies, "merge", "base", "ours", "theirs", "-o", "ours")
    assert run.returncode == 1
    assert "Larry" in (ours / "data" / "people.csv").read_text("utf-8")
    assert '"one"' in (ours / "ontology" / "terms.ttl").read_text("utf-8")
    assert '"two"' in (ours / "ontology" / "terms.ttl.theirs").read_text("utf-8")


def test_what_no_copy_shows_is_told_by_a_check_of_the_whole(copies, kg):
    ours, theirs = copies / "ours", copies / "theirs"
    change(ours, "data/people.csv", "person-lu,Lu Jianwang,Harry Lu\n", "")
    change(
        ours, "data/claims.csv", "person-lu,visited,place-irl,2022-10-29,,,,doc-report,p. 3,,\n", ""
    )
    row = "person-lu,visited,place-world,,,,,doc-report,p. 4,,\n"
    path = theirs / "data" / "claims.csv"
    path.write_text(path.read_text("utf-8") + row, encoding="utf-8")
    run = kg(copies, "merge", "base", "ours", "theirs", "-o", "joined")
    assert "1 error in the joined case" in run.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("base", "ours", "nowhere"), "nowhere is not there"),
        (("base", "ours", "base/data/people.csv"), "three folders or three tables"),
        (("base", "ours/data", "theirs"), "no case"),
        (("base", "ours", "theirs", "-o", "base"), "is not empty"),
        (("base", "ours", "theirs", "--path", "x.csv"), "single table"),
    ],
)
def test_what_cannot_be_joined_is_refused(copies, kg, words, told):
    run = kg(copies, "merge", *words)
    assert run.returncode == 2
    assert told in run.stderr


def test_a_table_already_there_is_not_overwritten(copies, kg):
    three = [f"{name}/data/people.csv" for name in ("base", "ours", "theirs")]
    change(copies / "theirs", "data/people.csv", "Harry", "Larry")
    (copies / "kept.csv").write_text("mine", encoding="utf-8")
    run = kg(copies, "merge", *three, "-o", "kept.csv")
    assert (run.returncode, (copies / "kept.csv").read_text()) == (2, "mine")
    assert kg(copies, "merge", *three, "-o", "kept.csv", "--force").returncode == 0
    assert "Larry" in (copies / "kept.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "found"),
    [
        ('a = "1"\n', 'a = "1"\nb = "2"\n', '# c\na = "3"\n', 'a = "3"\nb = "2"\n'),
        ('a = "1"\n[t]\nx = "1"\n', 'a = "2"\n[t]\nx = "1"\n', 'a = "1"\n[t]\nx = "2"\n[u]\ny = "3"\n', 'a = "2"\n[t]\nx = "2"\n[u]\ny = "3"\n'),
        ('a = "1"\nb = "1"\n', 'a = "2"\nb = "1"\n', 'a = "1"\n', 'a = "2"\n'),
        # What stands on several lines takes a person.
        ('a = ["1"]\n', 'a = ["1"]\nb = "1"\n', 'a = [\n"2"\n]\n', None),
    ],
)  # fmt: skip
def test_settings_are_joined_key_by_key(base, ours, theirs, found):
    clashes = []
    made = merge_case.settings(base.encode(), ours.encode(), theirs.encode(), clashes)
    assert (made and made.decode(), clashes) == (found, [])


def git(folder, *words, code=0):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PYTHON"))}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    env |= {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    env["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    run = subprocess.run(
        ("git", *words), cwd=folder, env=env, capture_output=True, encoding="utf-8"
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout + run.stderr


def test_git_joins_tables_by_it(copies):
    case = copies / "ours"
    driver = f"{sys.executable} -m kg merge %O %A %B -o %A --path %P"
    git(case, "init", "-q", "-b", "main")
    (case / ".gitattributes").write_text("data/*.csv merge=kg\n", encoding="utf-8")
    git(case, "config", "merge.kg.name", "tables row by row")
    git(case, "config", "merge.kg.driver", driver)
    git(case, "add", "-A")
    git(case, "commit", "-qm", "base")
    git(case, "checkout", "-qb", "hers")
    change(case, "data/people.csv", "Harry Lu\n", "Harry Lu\nperson-eve,Eve,\n")
    change(case, "data/claims.csv", "Listed", "Is listed")
    git(case, "commit", "-qam", "hers")
    git(case, "checkout", "-q", "main")
    change(case, "data/people.csv", "Harry Lu\n", "Harry Lu\nperson-bob,Bob,\n")
    git(case, "commit", "-qam", "mine")
    # To git these are two changes of one place.
    git(case, "merge", "-q", "hers", "-m", "both")
    assert {"person-eve,Eve,", "person-bob,Bob,"} <= {
        *(case / "data" / "people.csv").read_text("utf-8").splitlines()
    }
    git(case, "checkout", "-qb", "third", "HEAD~1")
    change(case, "data/claims.csv", "Listed", "Named")
    git(case, "commit", "-qam", "third")
    told = git(case, "merge", "main", code=1)
    assert "column gloss: changed in both copies" in told
    assert "CONFLICT" in told
    text = (case / "data" / "claims.csv").read_text("utf-8")
    assert "row 1,Named,d1\n" in text
    assert "row 1,Is listed,d1\n" in text
    assert "<<<<" not in text
    assert "UU data/claims.csv" in git(case, "status", "--short")
