#!/usr/bin/env bash
# Guessed: A double surname before the comma stays a surname.
# Happened: Baron, Saint, Maj, Hon as the first word are a title: the surname is cut, and written either way round the same person
#   gives two last names and one more title.
# Versions: nameparser 2.6.0.
# Means: Names are compared as printed; parts are only a help for searching.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check nameparser==2.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from nameparser import HumanName
for n in ("Baron Vale, Mara", "Mara Baron Vale", "Saint Orme, Ives", "Maj Holm", "Hon Tse"):
    h = HumanName(n)
    print(n, "| title:", h.title, "| first:", h.first, "| last:", h.last)
EOF
cat > "$d/expected" <<'EOF'
Baron Vale, Mara | title: Baron | first: Mara | last: Vale
Mara Baron Vale | title:  | first: Mara | last: Vale
Saint Orme, Ives | title: Saint | first: Ives | last: Orme
Maj Holm | title: Maj | first:  | last: Holm
Hon Tse | title: Hon | first:  | last: Tse
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "nameparser 2.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
