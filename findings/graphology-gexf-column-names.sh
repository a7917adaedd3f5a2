#!/usr/bin/env bash
# Guessed: A column of a GEXF file is called by its title, which is what Gephi shows and networkx reads.
# Happened: It is called by its id, and by its title only where the id is a number.
# Versions: graphology-gexf 0.13.2, graphology 0.26.0.
# Means: Whoever writes GEXF for several readers numbers its columns.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
cd "$d"
npm install --silent --no-audit --no-fund graphology@0.26.0 graphology-gexf@0.13.2 >/dev/null 2>&1
cat > net.gexf <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="kind" title="class of thing" type="string"/><attribute id="0" title="country" type="string"/></attributes>
<nodes><node id="a" label="Ann"><attvalues><attvalue for="kind" value="person"/><attvalue for="0" value="Peru"/></attvalues></node></nodes>
<edges/>
</graph>
</gexf>
EOF
cat > show.cjs <<'EOF'
const { readFileSync } = require("node:fs");
const Graph = require("graphology");
const { parse } = require("graphology-gexf");
const net = parse(Graph, readFileSync("net.gexf", "utf-8"));
net.forEachNode((id, values) => console.log(id, JSON.stringify(values)));
EOF
cat > expected <<'EOF'
a {"label":"Ann","kind":"person","country":"Peru"}
EOF
node show.cjs > seen
echo "graphology-gexf 0.13.2"
cat seen
diff expected seen
