#!/usr/bin/env bash
# Guessed: FILTER(?start < ?end) works on xsd:gYear and xsd:gYearMonth as on xsd:date.
# Happened: In rdflib comparing two gYear, gYearMonth or time values is an error, so FILTER drops every row, and YEAR() of a gYear
#   is unbound; pyoxigraph does both.
# Versions: rdflib 7.6.0, pyoxigraph 0.5.13.
# Means: Partial dates need a derived full date beside them if rdflib is to filter them.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pyoxigraph as ox
import rdflib
q = """PREFIX x: <http://www.w3.org/2001/XMLSchema#>
SELECT ("2020"^^x:gYear < "2021"^^x:gYear AS ?a) ("2020-05"^^x:gYearMonth < "2020-06"^^x:gYearMonth AS ?b)
("10:00:00"^^x:time < "11:00:00"^^x:time AS ?c) (YEAR("2020"^^x:gYear) AS ?d) ("2020-05-01"^^x:date < "2020-06-01"^^x:date AS ?e) {}"""
print("rdflib", [None if v is None else str(v) for v in next(iter(rdflib.Graph().query(q)))])
print("pyoxigraph", [None if v is None else v.value for v in next(ox.Store().query(q))])
EOF
cat > "$d/expected" <<'EOF'
rdflib [None, None, None, None, 'true']
pyoxigraph ['true', 'true', 'true', '2020', 'true']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
