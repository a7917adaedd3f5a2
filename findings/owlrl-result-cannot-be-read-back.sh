#!/usr/bin/env bash
# Guessed: The closure of a graph is a graph that its own library writes and reads; a contradiction raises or is reported.
# Happened: The closure holds triples whose subject is a number, so N-Triples written from it cannot be read back; a contradiction
#   is a node of a class of another vocabulary in the result, nothing is raised.
# Versions: owlrl 7.6.2, rdflib 7.6.0.
# Means: After a closure drop triples with a literal subject, and look for ErrorMessage before using anything.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check owlrl==7.6.2 rdflib==7.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import owlrl
import rdflib
pre = "@prefix e: <http://e.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
g = rdflib.Graph().parse(data=pre + "e:a e:p 1 . e:a owl:sameAs e:b . e:a owl:differentFrom e:b .", format="turtle")
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(g)
print("literal subjects", any(isinstance(s, rdflib.Literal) for s in g.subjects()))
print(sorted({str(o) for o in g.objects() if str(o).endswith("ErrorMessage")}))
try:
    rdflib.Graph().parse(data=g.serialize(format="nt"), format="nt")
    print("read back")
except Exception as e:
    print(type(e).__name__)
EOF
cat > "$d/expected" <<'EOF'
literal subjects True
['http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage']
ParserError
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "owlrl 7.6.2, rdflib 7.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
