#!/usr/bin/env bash
# Guessed: A list in a list is read as JSON-LD 1.1 says: the inner list is an item of the outer.
# Happened: The streaming parser puts the inner item into the outer list and leaves a list cell without an item; jsonld.js makes
#   two lists.
# Versions: jsonld-streaming-parser 5.0.1, jsonld 9.0.0.
# Means: No nested @list in what we write (coordinates, series).
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund jsonld-streaming-parser@5.0.1 jsonld@9.0.0)
cat > "$d/show.js" <<'EOF'
const { JsonLdParser } = require('jsonld-streaming-parser');
const jsonld = require('jsonld');
const text = '{"@context":{"@vocab":"http://e.example/"},"@id":"http://e.example/a","l":{"@list":[1,[2]]}}';
const first = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#first', rest = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#rest';
const tell = (name, q) => console.log(name, 'first', q.filter(x => x.predicate.value === first).length, 'rest', q.filter(x => x.predicate.value === rest).length,
  'lists ended', q.filter(x => x.object.value.endsWith('#nil')).length);
(async () => {
  tell('jsonld', await jsonld.toRDF(JSON.parse(text)));
  const q = [];
  const p = new JsonLdParser();
  p.on('data', x => q.push(x)).on('error', e => console.log(e.message)).on('end', () => tell('jsonld-streaming-parser', q));
  p.end(text);
})();
EOF
cat > "$d/expected" <<'EOF'
jsonld first 3 rest 3 lists ended 2
jsonld-streaming-parser first 2 rest 3 lists ended 1
EOF
(cd "$d" && node show.js) > "$d/seen"
echo "jsonld-streaming-parser 5.0.1, jsonld 9.0.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
