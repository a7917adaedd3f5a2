#!/usr/bin/env bash
# Guessed: sh:datatype refuses an impossible xsd:gYearMonth as it refuses an impossible xsd:date.
# Happened: 2020-13 as a gYearMonth and 20 as a gYear conform; 2020-02-30 as a date does not.
# Versions: pyshacl 0.40.1, rdflib 7.6.0.
# Means: A shape is no check of partial dates: add sh:pattern.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import logging
import pyshacl
import rdflib
logging.disable(logging.CRITICAL)
pre = "@prefix e: <http://e.example/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .\n"
g = lambda t: rdflib.Graph().parse(data=pre + t, format="turtle")
for value, kind in (("2020-02-30", "date"), ("2020-13", "gYearMonth"), ("20", "gYear")):
    shape = f"e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:d ; sh:datatype x:{kind} ] ."
    print(value, kind, pyshacl.validate(g(f'e:a a e:C ; e:d "{value}"^^x:{kind} .'), shacl_graph=g(shape))[0])
EOF
cat > "$d/expected" <<'EOF'
2020-02-30 date False
2020-13 gYearMonth True
20 gYear True
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "pyshacl 0.40.1, rdflib 7.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
