#!/usr/bin/env bash
# Guessed: The default of a boolean key is a boolean, directed="false" on an edge makes it undirected, and a long keeps its
#   digits.
# Happened: The default is the text true (so a default of false counts as true), the undirected edge is directed, the long is
#   rounded.
# Versions: graphology 0.26.0, graphology-graphml 0.5.2.
# Means: An exporter writes every value and no defaults, ids as strings, and one kind of edge per file.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund graphology@0.26.0 graphology-graphml@0.5.2)
cat > "$d/show.js" <<'EOF'
const Graph = require('graphology');
const { parse } = require('graphology-graphml/node');
const g = parse(Graph, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d" for="node" attr.name="disputed" attr.type="boolean"><default>false</default></key>
<key id="n" for="node" attr.name="number" attr.type="long"/>
<graph edgedefault="directed"><node id="a"><data key="d">false</data><data key="n">123456789012345678</data></node>
<node id="b"/><edge source="a" target="b" directed="false"/></graph></graphml>`);
console.log(JSON.stringify(g.getNodeAttributes('a')), JSON.stringify(g.getNodeAttributes('b')));
console.log('undirected edges', g.undirectedSize, 'directed', g.directedSize);
EOF
cat > "$d/expected" <<'EOF'
{"disputed":false,"number":123456789012345680} {"disputed":"false"}
undirected edges 0 directed 1
EOF
(cd "$d" && node show.js) > "$d/seen"
echo "graphology 0.26.0, graphology-graphml 0.5.2"
cat "$d/seen"
diff "$d/expected" "$d/seen"
