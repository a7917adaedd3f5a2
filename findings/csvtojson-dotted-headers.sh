#!/usr/bin/env bash
# Guessed: Columns stand under the names of the header; of two that cannot both stand one is refused.
# Happened: A header with a dot becomes an object inside an object, and a later column with the name before the dot
#   wipes it out: two of four values are gone without a word. Of two equal headers the last counts.
# Versions: csvtojson 2.0.14.
# Means: flatKeys: true, and headers made distinct before.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund csvtojson@2.0.14)
cat > "$d/show.cjs" <<'EOF'
const csv = require("csvtojson");
(async () => {
  console.log(JSON.stringify(await csv().fromString("owner.name,owner.id,owner,note\nAcme,7,unknown,x\n")));
  console.log(JSON.stringify(await csv({ flatKeys: true }).fromString("owner.name,owner.id,owner,note\nAcme,7,unknown,x\n")));
  console.log(JSON.stringify(await csv().fromString("source,source\nregister,press\n")));
})();
EOF
cat > "$d/expected" <<'EOF'
[{"owner":"unknown","note":"x"}]
[{"owner.name":"Acme","owner.id":"7","owner":"unknown","note":"x"}]
[{"source":"press"}]
EOF
(cd "$d" && node show.cjs) > "$d/seen"
echo "csvtojson 2.0.14"
cat "$d/seen"
diff "$d/expected" "$d/seen"
