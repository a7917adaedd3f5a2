"""A thing may be linked to itself, and ownership may go round in a circle.

Fault: A owns B, B owns C, C owns A, or A owns A.
Seen: a warning for a link to oneself; every answer comes; exit code 0.
Kept: the rows as they are.
"""

import pytest
from asking import run
from hostile import sheet

CLOSURE = "SELECT (COUNT(*) AS ?n) { id:b-0 kg:owns+ ?x }"


def ring(make_case, size):
    bodies = [["body-fuzhou", "F"], ["body-ngo", "N"], ["body-state", "S"]]
    bodies += [[f"b-{i}", f"Body {i}"] for i in range(size)]
    claims = [[f"b-{i}", "owns", f"b-{(i + 1) % size}", "doc-page", f"p. {i}"] for i in range(size)]
    head = ["subject", "relation", "object", "document", "locator"]
    return make_case(bodies=sheet(["id", "name"], *bodies), claims=sheet(head, *claims))


@pytest.mark.parametrize("size", [1, 2, 300])
def test_every_verb_ends_on_a_ring(make_case, capsys, size):
    folder = ring(make_case, size)
    case, first, far = str(folder), "b-0", f"b-{size // 2}"
    assert run("check", case) == 0
    assert ("the subject itself" in capsys.readouterr().err) is (size == 1)
    assert run("build", case) == 0
    ends = [
        run("show", case, first),
        run("query", case, CLOSURE),
        run("view", case, focus=[first], depth=6),
        run("neighbors", case, first),
        run("timeline", case, first),
        run("claims", case, entity=first),
        run("conflicts", case, entity=first),
        run("sources", case),
        run("sources", case, origins=True),
        run("sources", case, echo="doc-page"),
        run("gaps", case),
        run("stats", case),
        run("find", case, "Body"),
    ]
    assert ends == [0] * len(ends)
    assert run("figures", case, entity=first) == 1
    if size > 1:
        assert run("path", case, first, far, max_hops=12) in (0, 1)
