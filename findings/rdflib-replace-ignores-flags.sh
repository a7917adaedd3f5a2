#!/usr/bin/env bash
# Guessed: REPLACE with the flag i replaces capitals too; REGEX with x ignores blanks of the pattern; SUBSTR from 0 with length 2
#   gives one letter; a cast of 1.9 to integer gives 1.
# Happened: rdflib ignores the flag in REPLACE and x in REGEX, gives an empty text for SUBSTR from 0 and no value for the cast;
#   pyoxigraph does what the standard says.
# Versions: rdflib 7.6.0, pyoxigraph 0.5.13.
# Means: A cleaning query tested on one engine is run again on the other.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pyoxigraph as ox
import rdflib
q = """PREFIX x: <http://www.w3.org/2001/XMLSchema#>
SELECT (REPLACE("AbAb", "a", "-", "i") AS ?a) (REGEX("ab", "a b", "x") AS ?b) (SUBSTR("abc", 0, 2) AS ?c) (x:integer(1.9) AS ?d) {}"""
print("rdflib", [None if v is None else str(v) for v in next(iter(rdflib.Graph().query(q)))])
print("pyoxigraph", [None if v is None else v.value for v in next(ox.Store().query(q))])
EOF
cat > "$d/expected" <<'EOF'
rdflib ['AbAb', 'false', '', None]
pyoxigraph ['-b-b', 'true', 'a', '1']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rdflib 7.6.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
