#!/usr/bin/env bash
# Guessed: Three readers of one workbook agree on its cells.
# Happened: xlsx2csv drops the seconds of a time and is a day early before March 1900; python-calamine gives an empty
#   text for a cell that holds an error, where openpyxl and xlsx2csv have #N/A.
# Versions: xlsx2csv 0.8.6, openpyxl 3.1.5, python-calamine 0.9.1.
# Means: An empty cell from calamine may be an error; times and days before 1900-03-01 are compared between two readers.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 python-calamine==0.9.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import datetime
import subprocess
import sys
from pathlib import Path
import openpyxl
from python_calamine import CalamineWorkbook
path = Path(sys.argv[1]) / "t.xlsx"
book = openpyxl.Workbook()
book.active.append([datetime.time(23, 59, 59), datetime.date(1900, 2, 28), datetime.date(1900, 3, 1), "#N/A"])
book.save(path)
print("openpyxl", [str(cell) for cell in next(openpyxl.load_workbook(path).active.iter_rows(values_only=True))])
print("calamine", [str(cell) for cell in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]])
print("xlsx2csv", subprocess.run([Path(sys.executable).parent / "xlsx2csv", path], capture_output=True, text=True, check=True).stdout.strip())
EOF
cat > "$d/expected" <<'EOF'
openpyxl ['23:59:59', '1900-02-28 00:00:00', '1900-03-01 00:00:00', '#N/A']
calamine ['23:59:59', '1900-02-28', '1900-03-01', '']
xlsx2csv 23:59,1900-02-27,1900-03-01,#N/A
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "xlsx2csv 0.8.6, openpyxl 3.1.5, python-calamine 0.9.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"
