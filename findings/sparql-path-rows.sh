#!/usr/bin/env bash
# Guessed: p|q gives a row for each way, and p* from a named thing gives that thing, as SPARQL 1.1 says and rdflib does.
# Happened: pyoxigraph gives one row for a pair joined by both p and q, and no row for p* from a term that is not in the data.
# Versions: rdflib 7.6.0, pyoxigraph 0.5.13.
# Means: Counting ways with COUNT(*) over a path differs between engines; count edges by a UNION. Existence of a thing is not
#   asked with p*.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pyoxigraph as ox
import rdflib
data = "<http://e.example/a> <http://e.example/p> <http://e.example/b> ; <http://e.example/q> <http://e.example/b> ."
pre = "PREFIX e: <http://e.example/> "
g = rdflib.Graph().parse(data=data, format="turtle")
s = ox.Store()
s.load(data.encode(), format=ox.RdfFormat.TURTLE)
for q in ("SELECT * { ?x (e:p|e:q) ?y }", "SELECT * { {?x e:p ?y} UNION {?x e:q ?y} }", "SELECT * { ?x (e:p|e:p) ?y }", "SELECT * { e:none e:p* ?y }"):
    print(q, "rdflib", len(list(g.query(pre + q))), "pyoxigraph", len(list(s.query(pre + q))))
EOF
cat > "$d/expected" <<'EOF'
SELECT * { ?x (e:p|e:q) ?y } rdflib 2 pyoxigraph 1
SELECT * { {?x e:p ?y} UNION {?x e:q ?y} } rdflib 2 pyoxigraph 2
SELECT * { ?x (e:p|e:p) ?y } rdflib 2 pyoxigraph 1
SELECT * { e:none e:p* ?y } rdflib 1 pyoxigraph 0
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
