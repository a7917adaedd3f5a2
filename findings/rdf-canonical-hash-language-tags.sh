#!/usr/bin/env bash
# Guessed: Two programs that follow RDFC-1.0 write the same canonical text for the same file, so its hash can be compared.
# Happened: rdf-canonize keeps the case of a language tag (and counts @EN and @en as two statements), pyoxigraph lowers it: the
#   texts and hashes differ.
# Versions: rdf-canonize 5.0.0, pyoxigraph 0.5.13.
# Means: Tags are lower case before a graph is hashed or signed.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund rdf-canonize@5.0.0)
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pathlib
import subprocess
import sys
import pyoxigraph as ox
text = '<http://e.example/a> <http://e.example/p> "x"@EN .\n<http://e.example/a> <http://e.example/p> "x"@en .\n'
d = ox.Dataset(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))
d.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
print("pyoxigraph", sorted(str(q.object) for q in d))
js = """const { canonize } = require('rdf-canonize');
canonize(process.argv[1], { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads' }).then(t => console.log(t.trim()))"""
out = subprocess.run(["node", "-e", js, text], capture_output=True, text=True, check=True, cwd=sys.argv[1]).stdout
print("rdf-canonize", sorted(line.split()[2] for line in out.splitlines()))
EOF
cat > "$d/expected" <<'EOF'
pyoxigraph ['"x"@en']
rdf-canonize ['"x"@EN', '"x"@en']
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "rdf-canonize 5.0.0, pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
