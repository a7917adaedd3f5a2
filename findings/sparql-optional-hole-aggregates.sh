#!/usr/bin/env bash
# Guessed: An OPTIONAL value that is missing is left out of MIN and GROUP_CONCAT, as COUNT leaves it out.
# Happened: In pyoxigraph one missing value makes MIN, SUM and GROUP_CONCAT of the whole group empty (COUNT is right); rdflib
#   leaves it out.
# Versions: rdflib 7.6.0, pyoxigraph 0.5.13.
# Means: Aggregates over OPTIONAL need FILTER(BOUND(?x)) or COALESCE to mean the same on both.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pyoxigraph as ox
import rdflib
data = '<http://e.example/a> <http://e.example/t> 1 . <http://e.example/b> <http://e.example/t> 1 ; <http://e.example/n> 5 .'
query = """SELECT (COUNT(?n) AS ?c) (MIN(?n) AS ?m) (SUM(?n) AS ?s) (GROUP_CONCAT(?n) AS ?g)
{ ?x <http://e.example/t> 1 OPTIONAL { ?x <http://e.example/n> ?n } }"""
row = next(iter(rdflib.Graph().parse(data=data, format="turtle").query(query)))
print("rdflib", [None if v is None else str(v) for v in row])
s = ox.Store()
s.load(data.encode(), format=ox.RdfFormat.TURTLE)
print("pyoxigraph", [None if v is None else v.value for v in next(s.query(query))])
EOF
cat > "$d/expected" <<'EOF'
rdflib ['1', '5', '5', '5']
pyoxigraph ['1', None, None, None]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
