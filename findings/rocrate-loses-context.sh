#!/usr/bin/env bash
# Guessed: A crate that is read and written again says the same.
# Happened: The reader keeps only the first entry of @context: the prefix of our own terms is gone, so ex:by means nothing; a
#   typed value loses its type.
# Versions: rocrate 0.16.0.
# Means: Terms of one's own are written as whole IRIs, or the crate's metadata file is never rewritten with this library.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check rocrate==0.16.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import json
import pathlib
import tempfile
from rocrate.rocrate import ROCrate
base = "https://w3id.org/ro/crate/1.1"
with tempfile.TemporaryDirectory() as d:
    old, new = pathlib.Path(d, "old"), pathlib.Path(d, "new")
    old.mkdir()
    (old / "ro-crate-metadata.json").write_text(json.dumps({"@context": [base + "/context", {"ex": "http://e.example/"}], "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": base}},
        {"@id": "./", "@type": "Dataset", "name": "n", "description": "d", "license": "l", "datePublished": "2020-01-01", "hasPart": []},
        {"@id": "#c", "@type": "Claim", "ex:by": "S1", "ex:since": {"@value": "2020", "@type": "http://www.w3.org/2001/XMLSchema#gYear"}}]}))
    ROCrate(old).write(new)
    out = json.loads((new / "ro-crate-metadata.json").read_text())
    print(out["@context"])
    print(next(x for x in out["@graph"] if x["@id"] == "#c"))
EOF
cat > "$d/expected" <<'EOF'
https://w3id.org/ro/crate/1.1/context
{'@id': '#c', '@type': 'Claim', 'ex:by': 'S1', 'ex:since': '2020'}
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "rocrate 0.16.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
