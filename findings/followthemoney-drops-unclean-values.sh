#!/usr/bin/env bash
# Guessed: A value that a property cannot hold raises an error, and a time keeps its day.
# Happened: The value is gone without a word (Feb 2020, 20200203, 2020-02-30, a phone number without its country); a
#   time with an offset is moved to UTC, so the first of January in Kyiv is the last of December; Korea is South Korea
#   and Congo is Congo-Brazzaville; us_de is us.
# Versions: followthemoney 4.11.2.
# Means: Counts of values are compared before and after; dates are given as YYYY, YYYY-MM or YYYY-MM-DD, countries as
#   codes.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check followthemoney==4.11.2 2>/dev/null
cat > "$d/show.py" <<'EOF'
from followthemoney import model
def kept(schema, prop, *values):
    entity = model.make_entity(schema)
    entity.id = "x"
    for value in values:
        entity.add(prop, value)
    print(schema, prop, values, "->", entity.get(prop))
kept("Ownership", "startDate", "2020-02-30", "Feb 2020", "20200203", "2020-2-3")
kept("Payment", "date", "2020-01-01T00:00:00+02:00")
kept("Person", "nationality", "Korea", "Congo")
kept("Company", "jurisdiction", "us_de")
kept("Person", "phone", "030 1234567")
EOF
cat > "$d/expected" <<'EOF'
Ownership startDate ('2020-02-30', 'Feb 2020', '20200203', '2020-2-3') -> ['2020-02-03']
Payment date ('2020-01-01T00:00:00+02:00',) -> ['2019-12-31T22:00:00']
Person nationality ('Korea', 'Congo') -> ['kr', 'cg']
Company jurisdiction ('us_de',) -> ['us']
Person phone ('030 1234567',) -> []
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "followthemoney 4.11.2"
cat "$d/seen"
diff "$d/expected" "$d/seen"
