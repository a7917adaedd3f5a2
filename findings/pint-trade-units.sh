#!/usr/bin/env bash
# Guessed: kt is a thousand tonnes, bbl an oil barrel (159 l), a quarter and a ton what trade registers mean.
# Happened: kt is a knot, bbl 119 l (a US beer barrel), a the year and not the are, quarter 12.7 kg, ton 907 kg.
# Versions: pint 0.25.3.
# Means: Units of a table are mapped by name (oil_bbl, metric_ton), never parsed as printed.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check pint==0.25.3 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pint
u = pint.UnitRegistry()
for t in ("1 kt", "1 bbl", "1 oil_bbl", "1 a", "1 quarter", "1 ton", "1 t"):
    q = u(t)
    print(t, "=", q.units, "=", round(q.to_base_units().magnitude, 4), q.to_base_units().units)
EOF
cat > "$d/expected" <<'EOF'
1 kt = knot = 0.5144 meter / second
1 bbl = barrel = 0.1192 meter ** 3
1 oil_bbl = oil_barrel = 0.159 meter ** 3
1 a = year = 31557600.0 second
1 quarter = quarter = 12.7006 kilogram
1 ton = ton = 907.1847 kilogram
1 t = metric_ton = 1000.0 kilogram
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "pint 0.25.3"
cat "$d/seen"
diff "$d/expected" "$d/seen"
