#!/usr/bin/env bash
# Guessed: fromdicts has a column for each key.
# Happened: Only keys of the first 1000 records count; a key that comes later is dropped without a warning.
# Versions: petl 1.7.30.
# Means: The header is given.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check petl==1.7.30 2>/dev/null
cat > "$d/show.py" <<'EOF'
import petl
for n in (999, 1000):
    rows = [{"a": i} for i in range(n)] + [{"a": n, "dispute": "S2"}]
    t = petl.fromdicts(rows)
    print(n, petl.header(t), list(t)[-1])
EOF
cat > "$d/expected" <<'EOF'
999 ('a', 'dispute') (999, 'S2')
1000 ('a',) (1000,)
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "petl 1.7.30"
cat "$d/seen"
diff "$d/expected" "$d/seen"
