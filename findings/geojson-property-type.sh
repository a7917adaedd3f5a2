#!/usr/bin/env bash
# Guessed: The properties of a feature are the user's own and come back as they are.
# Happened: A property called type with the value of a geometry makes the properties a geometry: coordinates are added to them.
# Versions: geojson 3.3.0.
# Means: A table with a column type (Point, Polygon, Feature) is renamed before it becomes GeoJSON, and coordinates are compared
#   with the original: they are rounded to six places when read.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check geojson==3.3.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import geojson
f = lambda v: geojson.dumps(geojson.loads('{"type":"Feature","geometry":null,"properties":{"type":"%s","name":"x"}}' % v)["properties"], sort_keys=True)
print(f("Office"))
print(f("Point"))
print(geojson.dumps(geojson.loads('{"type":"Point","coordinates":[13.12345678,52.5]}')["coordinates"]))
EOF
cat > "$d/expected" <<'EOF'
{"name": "x", "type": "Office"}
{"coordinates": [], "name": "x", "type": "Point"}
[13.123457, 52.5]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "geojson 3.3.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
