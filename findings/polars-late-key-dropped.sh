#!/usr/bin/env bash
# Guessed: A key that first appears far down in a list of records becomes a column, or an error.
# Happened: From a list of dicts and from NDJSON the key is gone without a word after the first 100 rows, from JSON the same data
#   is an error.
# Versions: polars 2.1.0.
# Means: infer_schema_length=None, or a schema: a late key is often the dispute or the note.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check polars==2.1.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import io
import json
import polars as pl
rows = [{"a": 1}] * 150 + [{"a": 1, "dispute": "S2"}]
print("DataFrame", pl.DataFrame(rows).columns, pl.DataFrame(rows, infer_schema_length=None).columns)
print("read_ndjson", pl.read_ndjson(io.BytesIO("\n".join(map(json.dumps, rows)).encode())).columns)
try:
    print("read_json", pl.read_json(io.BytesIO(json.dumps(rows).encode())).columns)
except pl.exceptions.ComputeError:
    print("read_json ComputeError")
EOF
cat > "$d/expected" <<'EOF'
DataFrame ['a'] ['a', 'dispute']
read_ndjson ['a']
read_json ComputeError
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "polars 2.1.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
