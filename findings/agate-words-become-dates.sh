#!/usr/bin/env bash
# Guessed: Words and amounts that are no dates stay text; 10:30 is a time of day; 12% and $5 stay text or keep their unit.
# Happened: may is the first of May of year 1, monday the eighth of January of year 1, 5/6 a day in 2001, 10:30 ten and a half
#   minutes, 5m five minutes, 12% is 12.
# Versions: agate 1.14.2.
# Means: Columns are read as text (csvkit: -I) and typed by a person.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check agate==1.14.2 2>/dev/null
cat > "$d/show.py" <<'EOF'
import io
import agate
for v in ("may", "monday", "5/6", "10:30", "5m", "12%", "$5"):
    t = agate.Table.from_csv(io.StringIO("v,w\n" + v + ",x\n"))
    print(v, type(t.column_types[0]).__name__, t.rows[0][0])
EOF
cat > "$d/expected" <<'EOF'
may Date 0001-05-01
monday Date 0001-01-08
5/6 Date 2001-05-06
10:30 TimeDelta 0:10:30
5m TimeDelta 0:05:00
12% Number 12
$5 Number 5
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "agate 1.14.2"
cat "$d/seen"
diff "$d/expected" "$d/seen"
