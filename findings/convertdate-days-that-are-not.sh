#!/usr/bin/env bash
# Guessed: A day that a calendar does not have is refused in each calendar.
# Happened: Only Gregorian days are looked at: 30 Esfand of a common Persian year is the first day of the next, so are
#   31 Safar and a thirteenth month of a common Hebrew year.
# Versions: convertdate 2.4.0.
# Means: A converted date is converted back and compared with what the document says.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check convertdate==2.4.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from convertdate import gregorian, hebrew, islamic, persian
for calendar, day in ((persian, (1398, 12, 30)), (islamic, (1443, 2, 31)), (hebrew, (5783, 13, 1))):
    there = calendar.to_gregorian(*day)
    print(calendar.__name__.split(".")[-1], day, "->", there, "->", calendar.from_gregorian(*there))
try:
    gregorian.to_jd(2021, 2, 30)
except ValueError as error:
    print("gregorian", error)
EOF
cat > "$d/expected" <<'EOF'
persian (1398, 12, 30) -> (2020, 3, 20) -> (1399, 1, 1)
islamic (1443, 2, 31) -> (2021, 10, 9) -> (1443, 3, 2)
hebrew (5783, 13, 1) -> (2023, 3, 23) -> (5783, 1, 1)
gregorian Month 2 doesn't have a day 30
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "convertdate 2.4.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
