#!/usr/bin/env bash
# Guessed: What is no day, month or year gives nothing, as spring 2021 and early 2019 do.
# Happened: n.d. (no date) is six days ago, the 1990s are 33 minutes and 10 seconds ago, 2021-W05 and Q3 2021 lie in
#   months that they do not name; in a sentence Sun Ltd. is a day and 12 of 30 a date of December.
# Versions: dateparser 1.5.0.
# Means: Dates are typed as printed; what a parser made of a phrase is shown beside it and never stored alone.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check dateparser==1.5.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from datetime import datetime
from dateparser import parse
from dateparser.search import search_dates
settings = {"RELATIVE_BASE": datetime(2026, 11, 28, 12, 0)}
for text in ("n.d.", "the 1990s", "Q3 2021", "2021-W05", "2019/20", "spring 2021"):
    print(text, "->", parse(text, settings=settings))
print(search_dates("12 of 30 shares went to Sun Ltd.", languages=["en"], settings=settings))
EOF
cat > "$d/expected" <<'EOF'
n.d. -> 2026-11-22 00:00:00
the 1990s -> 2026-11-28 11:26:50
Q3 2021 -> 2021-08-28 00:00:00
2021-W05 -> 2021-05-28 00:00:00
2019/20 -> 2019-11-20 00:00:00
spring 2021 -> None
[('12 of 30', datetime.datetime(2026, 12, 30, 0, 0)), ('Sun', datetime.datetime(2026, 11, 22, 0, 0))]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "dateparser 1.5.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
