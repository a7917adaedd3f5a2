#!/usr/bin/env bash
# Guessed: Turtle that one kept library writes with prefixes is read by the other; an escaped dot at the end of a name is grammar.
# Happened: pyoxigraph shortens https://example.org/id/acme-inc. to e:acme-inc\. , as the grammar allows; rdflib reads other escapes,
#   a dot inside a name too, but not the dot at its end: the whole file is refused with "objectList expected".
# Versions: rdflib 7.6.0, pyoxigraph 0.5.13.
# Means: Ids that end in a dot (Inc., Ltd.) are written without a prefix where rdflib may be the reader.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pyoxigraph as ox
import rdflib


def read(name):
    text = f'@prefix e: <https://example.org/id/> .\n{name} e:name "Acme" .\n'
    try:
        return str(next(iter(rdflib.Graph().parse(data=text, format="turtle")))[0])
    except rdflib.plugins.parsers.notation3.BadSyntax:
        return "BadSyntax"


iri = ox.NamedNode("https://example.org/id/acme-inc.")
triple = ox.Triple(iri, ox.NamedNode("https://example.org/id/name"), ox.Literal("Acme"))
written = ox.serialize([triple], format=ox.RdfFormat.TURTLE, prefixes={"e": "https://example.org/id/"})
name = written.decode().splitlines()[1].split()[0]
print("pyoxigraph writes", name)
print("pyoxigraph reads", next(iter(ox.parse(written, format=ox.RdfFormat.TURTLE))).subject.value)
for name in (name, r"e:acme\.inc", r"e:acme\~", "<https://example.org/id/acme-inc.>"):
    print("rdflib reads", name, "as", read(name))
EOF
cat > "$d/expected" <<'EOF'
pyoxigraph writes e:acme-inc\.
pyoxigraph reads https://example.org/id/acme-inc.
rdflib reads e:acme-inc\. as BadSyntax
rdflib reads e:acme\.inc as https://example.org/id/acme.inc
rdflib reads e:acme\~ as https://example.org/id/acme~
rdflib reads <https://example.org/id/acme-inc.> as https://example.org/id/acme-inc.
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
