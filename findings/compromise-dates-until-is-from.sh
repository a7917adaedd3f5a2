#!/usr/bin/env bash
# Guessed: Until May 2015 ends there, not before 2020 begins there, the second half of 2020 is half a year.
# Happened: Until May 2015 begins in May 2015 and lasts until today, not before 2020 is the end of 2019, the second half
#   of 2020 is the whole year, 31 June is 30 June, he may 5 times is a day in May.
# Versions: compromise 14.17.0, compromise-dates 3.9.0.
# Means: A phrase with until, before or half is turned into bounds by a person.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund compromise@14.17.0 compromise-dates@3.9.0)
cat > "$d/show.cjs" <<'EOF'
const nlp = require("compromise");
nlp.plugin(require("compromise-dates"));
for (const text of ["until May 2015", "not before 2020", "the second half of 2020", "31 June 2020", "he may 5 times"]) {
  const [one] = nlp(text).dates({ today: "2026-11-28", timezone: "UTC" }).get();
  console.log(text, "->", one && one.start && one.start.slice(0, 10), one && one.end && one.end.slice(0, 10));
}
EOF
cat > "$d/expected" <<'EOF'
until May 2015 -> 2015-05-01 2026-11-28
not before 2020 -> 2019-12-18 2019-12-31
the second half of 2020 -> 2020-01-01 2020-12-31
31 June 2020 -> 2020-06-30 2020-06-30
he may 5 times -> 2027-05-05 2027-05-05
EOF
(cd "$d" && node show.cjs) > "$d/seen"
echo "compromise 14.17.0, compromise-dates 3.9.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
