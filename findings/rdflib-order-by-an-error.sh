#!/usr/bin/env bash
# Guessed: Rows in which the expression of ORDER BY is an error are unbound there and come first, as SPARQL 1.1 says (15.1).
# Happened: One such row beside others raises TypeError, nothing being compared with a value; with COALESCE it comes first.
# Versions: rdflib 7.6.0.
# Means: ORDER BY over what may be missing takes COALESCE, or another engine.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import rdflib
def told(names, order):
    g = rdflib.Graph()
    for name, day in names:
        s = rdflib.URIRef("https://example.org/" + name)
        g.add((s, rdflib.RDF.type, rdflib.RDFS.Resource))
        if day:
            g.add((s, rdflib.RDFS.label, rdflib.Literal(day)))
    text = "SELECT ?s { ?s a rdfs:Resource OPTIONAL { ?s rdfs:label ?d } } ORDER BY " + order + " ?s"
    try:
        return [str(row.s).rpartition("/")[2] for row in g.query(text)]
    except TypeError as error:
        return f"TypeError: {error}"
rows = [("ann", "2020"), ("bob", "")]
print("none", told(rows[:1], "STRLEN(?d)"))
print("one", told(rows, "STRLEN(?d)"))
print("coalesce", told(rows, "COALESCE(STRLEN(?d), 0)"))
EOF
cat > "$d/expected" <<'EOF'
none ['ann']
one TypeError: '<' not supported between instances of 'NoneType' and 'tuple'
coalesce ['bob', 'ann']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
