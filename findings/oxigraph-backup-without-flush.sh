#!/usr/bin/env bash
# Guessed: A backup of a store that is opened read-only holds what the store answers with.
# Happened: What was added without flush() is in the write-ahead log: the read-only store shows it, its backup does not have it, and
#   nothing is said. After flush(), or from a store opened for writing, the backup is whole.
# Versions: pyoxigraph 0.5.13.
# Means: A copy made by backup is counted against its original, and a store is flushed before it is handed on.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check pyoxigraph==0.5.13 2>/dev/null
cat > "$d/show.py" <<'EOF'
import sys

import pyoxigraph as ox

folder = sys.argv[1]
quads = [
    ox.Quad(ox.NamedNode(f"https://example.org/{i}"), ox.NamedNode("https://example.org/p"), ox.Literal("x"))
    for i in range(3)
]
for name, flushed, backing in (
    ("not flushed, backed up read-only", False, ox.Store.read_only),
    ("not flushed, backed up by a writer", False, ox.Store),
    ("flushed, backed up read-only", True, ox.Store.read_only),
):
    where = f"{folder}/{name.replace(' ', '-')}"
    store = ox.Store(where)
    store.extend(quads)
    if flushed:
        store.flush()
    del store
    store = backing(where)
    held = len(store)
    store.backup(where + ".copy")
    del store
    print(f"{name}: {held} in the store, {len(ox.Store.read_only(where + '.copy'))} in its backup")
EOF
cat > "$d/expected" <<'EOF'
not flushed, backed up read-only: 3 in the store, 0 in its backup
not flushed, backed up by a writer: 3 in the store, 3 in its backup
flushed, backed up read-only: 3 in the store, 3 in its backup
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "pyoxigraph 0.5.13"
cat "$d/seen"
diff "$d/expected" "$d/seen"
