#!/usr/bin/env bash
# Guessed: A graph comes back from a data frame as it was, but for the names of blank nodes.
# Happened: A blank node as a subject comes back as a literal, which RDF does not allow and N-Triples cannot hold; 007
#   as an integer is 7.
# Versions: rdfpandas 1.1.7, rdflib 7.6.0.
# Means: Statements that are blank nodes (reified claims, OWL axioms) are named before they go through a data frame.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdfpandas==1.1.7 rdflib==7.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from rdflib import Graph
from rdfpandas.graph import to_dataframe, to_graph
start = Graph().parse(format="turtle", data="""@prefix e: <https://example.org/> .
_:claim e:subject e:port ; e:source e:report .
""")
for subject, predicate, value in sorted(to_graph(to_dataframe(start)), key=lambda t: str(t[1])):
    print(type(subject).__name__, predicate, type(value).__name__, value)
EOF
cat > "$d/expected" <<'EOF'
Literal e:source URIRef e:report
Literal e:subject URIRef e:port
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdfpandas 1.1.7, rdflib 7.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
