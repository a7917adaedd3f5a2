#!/usr/bin/env bash
# Guessed: to_undirected and MultiGraph(D) keep a claim a->b and a claim b->a as two parallel edges.
# Happened: MultiGraph(DiGraph) keeps the first only, to_undirected the last only; from a MultiDiGraph both stay only if their
#   keys differ, and the automatic keys are both 0.
# Versions: networkx 3.6.1.
# Means: Claims of both directions must be given keys of their own before a graph is made undirected, or one source is gone
#   without a word.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import networkx as nx
d = nx.DiGraph()
d.add_edge("a", "b", source="S1")
d.add_edge("b", "a", source="S2")
m = nx.MultiDiGraph(d)
k = nx.MultiDiGraph()
k.add_edge("a", "b", key="c1", source="S1")
k.add_edge("b", "a", key="c2", source="S2")
show = lambda g: sorted(x["source"] for _, _, x in g.edges(data=True))
print("MultiGraph(DiGraph)", show(nx.MultiGraph(d)))
print("DiGraph.to_undirected", show(d.to_undirected()))
print("MultiDiGraph.to_undirected", show(m.to_undirected()))
print("own keys", show(k.to_undirected()))
EOF
cat > "$d/expected" <<'EOF'
MultiGraph(DiGraph) ['S1']
DiGraph.to_undirected ['S2']
MultiDiGraph.to_undirected ['S2']
own keys ['S1', 'S2']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"
