#!/usr/bin/env bash
# Guessed: An ODS file that one library wrote is read by the other.
# Happened: pyexcel-ods writes a day with a time as a number whose value is that text; python-calamine refuses the whole
#   workbook for it, pyexcel-ods reads it back as text.
# Versions: python-calamine 0.9.1, pyexcel-ods 0.6.0.
# Means: Days with times are written as text, or the workbook by another library.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check python-calamine==0.9.1 pyexcel-ods==0.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import datetime
import sys
from pathlib import Path
from pyexcel_ods import get_data, save_data
from python_calamine import CalamineWorkbook, CalamineError
path = str(Path(sys.argv[1]) / "t.ods")
for cell in (datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1, 12, 30)):
    save_data(path, {"s": [[cell]]})
    try:
        print("calamine", CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    except CalamineError as error:
        print("calamine", error)
    print("pyexcel-ods", get_data(path)["s"])
EOF
cat > "$d/expected" <<'EOF'
calamine [[datetime.date(2020, 1, 1)]]
pyexcel-ods [[datetime.date(2020, 1, 1)]]
calamine Parse float error: invalid float literal
pyexcel-ods [['2020-01-01 12:30:00']]
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "python-calamine 0.9.1, pyexcel-ods 0.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
