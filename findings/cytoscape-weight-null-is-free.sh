#!/usr/bin/env bash
# Guessed: An edge whose weight is null is left out or costs 1.
# Happened: It costs nothing: the path over edges without a known weight is the shortest. networkx takes such an edge
#   for absent, so the same file gives two answers.
# Versions: cytoscape 3.35.0.
# Means: An amount that is not known is filled or the edge removed before a path is asked for.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund cytoscape@3.35.0)
cat > "$d/show.cjs" <<'EOF'
const cytoscape = require("cytoscape");
const nodes = ["a", "b", "c"].map((id) => ({ data: { id } }));
const edge = (source, target, weight) => ({ data: { id: source + target, source, target, weight } });
const cy = cytoscape({ headless: true, elements: [...nodes, edge("a", "c", 1), edge("a", "b", null), edge("b", "c", null)] });
const weight = (one) => one.data("weight");
const found = cy.elements().aStar({ root: "#a", goal: "#c", weight });
console.log(found.distance, found.path.map((one) => one.id()).join(" "));
console.log(cy.elements().dijkstra("#a", weight).distanceTo("#c"));
EOF
cat > "$d/expected" <<'EOF'
0 a ab b bc c
0
EOF
(cd "$d" && node show.cjs) > "$d/seen"
echo "cytoscape 3.35.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
