#!/usr/bin/env bash
# Guessed: A list of JSON objects with different keys is refused, or gets a column for each key.
# Happened: With the same number of keys in each object the first object's keys name the columns of all: the value of b stands
#   under a. With a different number it is refused.
# Versions: tablib 3.10.0.
# Means: JSON from a person is brought to one set of keys before tablib sees it.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check tablib==3.10.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import tablib
load = lambda t: tablib.Dataset().load(t, "json").dict
print(load('[{"payer": "A", "payee": "B"}, {"payer": "C", "source": "S1"}]'))
try:
    load('[{"payer": "A", "payee": "B"}, {"payer": "C"}]')
except Exception as e:
    print(type(e).__name__)
EOF
cat > "$d/expected" <<'EOF'
[{'payer': 'A', 'payee': 'B'}, {'payer': 'C', 'payee': 'S1'}]
InvalidDimensions
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "tablib 3.10.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
