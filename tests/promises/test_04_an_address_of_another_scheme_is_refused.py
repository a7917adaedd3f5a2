"""An address that is not https or http is refused where it is read.

Fault: a link or picture says `javascript:`, `data:`, `file:` or another scheme.
Seen: the row and the column; exit code 3.
Kept: the graph that was there before.
"""

import re

import pytest

SCHEMES = [
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
    ),
    *("javascript&colon;alert(1)", "\u00a0javascript:x", "data:text/html,x", "DATA:;base64,PHM+"),
    *(
        "file:///etc/passwd",
        "vbscript:x",
        "blob:https://x/y",
        "about:blank",
        "view-source:https://x",
    ),
    *(
        "mailto:a@b.c",
        "ftp://x/",
        "//example.org/x",
        "http:/x",
        "https:x",
        "x",
        "./x",
        "tel:1",
        "http//x",
    ),
]


@pytest.mark.parametrize("column", ["url", "same_as"])
def test_every_scheme_but_http_and_https_is_refused(make_case, complain, column):
    rows = "".join(f'doc-{i},D{i},"{a}"\n' for i, a in enumerate(SCHEMES))
    documents = f"id,name,{column}\n{rows}doc-page,A page,\ndoc-report,R,HTTPS://example.org/\n"
    found = complain(make_case(documents=documents))
    told = []
    for line in found:
        where = re.match(rf"documents\.csv, rows? ([\d, ]+), column {column}: ", line)
        assert where, line
        assert "expected an address that starts with https:// or http://" in line
        told += map(int, where[1].split(", "))
    assert sorted(told) == [*range(2, len(SCHEMES) + 2), len(SCHEMES) + 3]
