#!/usr/bin/env bash
# Guessed: A predicate whose address ends in a slash has no name in RDF/XML, and a writer refuses it, as the specification's grammar
#   leaves it no choice.
# Happened: pyoxigraph writes an element called "oxprefix:" with nothing after the colon and reads it back itself; to parsers that know
#   namespaces the file is not well-formed. rdflib raises a ValueError when it is to write the same triple.
# Versions: rdflib 7.6.0, pyoxigraph 0.5.13.
# Means: Vocabularies with such properties (Wikibase, schemas by folder) are handed on as Turtle or N-Triples.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import xml.sax

import pyoxigraph as ox
import rdflib

triple = ox.Triple(ox.NamedNode("https://example.org/ann"), ox.NamedNode("https://example.org/says/"), ox.Literal("x"))
text = ox.serialize([triple], format=ox.RdfFormat.RDF_XML)
print("pyoxigraph writes", text.decode().splitlines()[3].strip())
print("pyoxigraph reads", next(iter(ox.parse(text, format=ox.RdfFormat.RDF_XML))).predicate.value)
try:
    rdflib.Graph().parse(data=text, format="xml")
    print("rdflib reads it")
except xml.sax.SAXParseException as error:
    print("rdflib:", error.getMessage())
graph = rdflib.Graph().parse(data=ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES), format="nt")
for form in ("xml", "pretty-xml"):
    try:
        graph.serialize(format=form)
        print("rdflib writes", form)
    except ValueError as error:
        print("rdflib writing", form, "-", type(error).__name__)
EOF
cat > "$d/expected" <<'EOF'
pyoxigraph writes <oxprefix: xmlns:oxprefix="https://example.org/says/">x</oxprefix:>
pyoxigraph reads https://example.org/says/
rdflib: not well-formed (invalid token)
rdflib writing xml - ValueError
rdflib writing pretty-xml - ValueError
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
