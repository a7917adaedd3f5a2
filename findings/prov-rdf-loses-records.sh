#!/usr/bin/env bash
# Guessed: A PROV document written as RDF and read back has the records it had.
# Happened: Two generations of one thing by one activity come back as one, and the document gains the prefixes rdflib knows; PROV-
#   JSON keeps both.
# Versions: prov 3.2.3, rdflib 7.6.0.
# Means: Repeated statements need identifiers of their own before they go through PROV-O.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check 'prov[rdf]==3.2.3' rdflib==7.6.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from prov.model import ProvDocument
d = ProvDocument()
d.add_namespace("e", "http://e.example/")
d.entity("e:a")
d.activity("e:t")
d.wasGeneratedBy("e:a", "e:t")
d.wasGeneratedBy("e:a", "e:t")
for form in ("json", "rdf"):
    back = ProvDocument.deserialize(content=d.serialize(format=form), format=form)
    print(form, len(d.get_records()), len(back.get_records()), len(d.namespaces) == len(back.namespaces))
EOF
cat > "$d/expected" <<'EOF'
json 4 4 True
rdf 4 3 False
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "prov 3.2.3, rdflib 7.6.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
