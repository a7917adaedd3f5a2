#!/usr/bin/env bash
# Guessed: intcomma of a text number groups its digits or leaves it alone.
# Happened: A European amount given as text loses its comma: 1.234,5 becomes 1.2345, another number; 999999 in words is 1.0
#   million and 364 days are a year.
# Versions: humanize 4.17.0.
# Means: Amounts as printed are never passed through it, and rounded words are no evidence.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check humanize==4.17.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import datetime
import humanize
print(humanize.intcomma("1.234,5"))
print(humanize.intword(999999))
print(humanize.naturaldelta(datetime.timedelta(days=364)))
EOF
cat > "$d/expected" <<'EOF'
1.2345
1.0 million
a year
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "humanize 4.17.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
