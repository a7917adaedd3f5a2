"""A query takes no more memory than it may.

Fault: a query that sorts or groups more than fits.
Seen: “needs more than 1 GiB”; exit code 4.
Kept: the process that asked, and the machine.
"""

import pytest

from kg.model.errors import OutOfBounds
from kg.model.namespaces import PREFIXES
from kg.sparql import query
from kg.sparql.query import Limits

CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_sorting_a_cross_product_is_stopped_and_the_parent_lives(shipped):
    with pytest.raises(OutOfBounds, match=r"needs more than 0\.0625 GiB"):
        query.run(
            shipped.store, f"SELECT * {CROSS} ORDER BY ?a", PREFIXES, Limits(10_000, 64 << 20)
        )
    assert query.run(shipped.store, "ASK { ?s ?p ?o }", PREFIXES).boolean is True


def test_a_text_that_doubles_is_stopped(built_case, kg):
    doubled = " ".join(f"BIND(CONCAT(?t{i}, ?t{i}) AS ?t{i + 1})" for i in range(40))
    text = f"SELECT (STRLEN(?t40) AS ?n) {{ BIND('{'x' * 1000}' AS ?t0) {doubled} }}"
    ran = kg(built_case, "query", text, "--memory", "0.1", "--timeout", "10000")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr == "kg: the query needs more than 0.1 GiB; narrow it, or raise --memory\n"
