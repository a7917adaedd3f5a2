#!/usr/bin/env bash
# Guessed: read_json gives a second column for a key that differs in case only, as read_csv does.
# Happened: read_json refuses the file; read_csv renames the second column to name_1.
# Versions: duckdb 2.0.1.
# Means: Keys are made distinct before DuckDB reads JSON from two sources.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check duckdb==2.0.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import os
import tempfile
import duckdb
with tempfile.TemporaryDirectory() as d:
    j, c = os.path.join(d, "t.json"), os.path.join(d, "t.csv")
    open(j, "w").write('[{"Name": "x", "name": "y"}]')
    open(c, "w").write("Name,name\nx,y\n")
    print("csv", duckdb.read_csv(c, header=True).columns)
    try:
        print("json", duckdb.read_json(j).columns)
    except Exception as e:
        print("json", type(e).__name__)
EOF
cat > "$d/expected" <<'EOF'
csv ['Name', 'name_1']
json InvalidInputException
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "duckdb 2.0.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"
