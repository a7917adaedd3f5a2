#!/usr/bin/env bash
# Guessed: A column of amounts with a decimal comma is text.
# Happened: It is a geopoint: 10,20 is a place at 10 and 20 degrees, 3,40 one at 3 and 40.
# Versions: frictionless 5.21.0.
# Means: Types are declared, never inferred, for tables from countries with a decimal comma.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check frictionless==5.21.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import os
import tempfile
from frictionless import Resource, system
with tempfile.TemporaryDirectory() as d:
    os.chdir(d)
    open("t.csv", "w").write('id,amount\nx,"10,20"\ny,"3,40"\n')
    with Resource(path="t.csv") as r:
        rows = [row.to_dict() for row in r.row_stream]
        print([f.type for f in r.schema.fields], [[float(n) for n in row["amount"]] for row in rows])
    os.chdir("/")
EOF
cat > "$d/expected" <<'EOF'
['string', 'geopoint'] [[10.0, 20.0], [3.0, 40.0]]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "frictionless 5.21.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
