#!/usr/bin/env bash
# Guessed: Partly known dates can be compared, sorted and put in a set: they were made for it.
# Happened: A year and a month of that year raise NotImplementedError when compared, so a list of both cannot be sorted;
#   no date can be hashed; a year before our era is written as 0-44.
# Versions: undate 0.8.0.
# Means: Sorting goes by earliest and latest, which every value has.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check undate==0.8.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from undate import Undate
dates = [Undate(2020, 5), Undate(2020), Undate(2019, 12, 31)]
for what, does in (("sorted", lambda: sorted(dates)), ("set", lambda: set(dates))):
    try:
        print(what, does())
    except (NotImplementedError, TypeError) as error:
        print(what, type(error).__name__, error)
print("by bounds", [str(date) for date in sorted(dates, key=lambda date: (str(date.earliest), str(date.latest)))])
print("written", Undate.parse("-0044-03-15", "EDTF"))
EOF
cat > "$d/expected" <<'EOF'
sorted NotImplementedError Can't compare when one date (2020-05) falls within the other (2020)
set TypeError unhashable type: 'Undate'
by bounds ['2019-12-31', '2020', '2020-05']
written 0-44-03-15
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "undate 0.8.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
