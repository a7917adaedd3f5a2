#!/usr/bin/env bash
# Guessed: Three readers of one Word file with tracked changes and a content control give one sentence.
# Happened: python-docx leaves out the tracked insertion and the content control; docx2txt writes the text that was moved away and
#   drops the non-breaking hyphen; mammoth has what the page shows.
# Versions: python-docx 1.2.0, docx2txt 0.9, mammoth 1.13.0.
# Means: A quotation from a Word file names its reader, and a file with tracked changes is read with mammoth or accepted first.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import os
import tempfile
import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
d = docx.Document()
p = d.add_paragraph("Ada owns ")
run = lambda t: f"<w:r><w:t xml:space='preserve'>{t}</w:t></w:r>"
for part in (f"<w:ins NS w:id='1' w:author='x'>{run('half of ')}</w:ins>", f"<w:moveFrom NS w:id='2' w:author='x'>{run('all of ')}</w:moveFrom>",
             "<w:r NS><w:t>non</w:t><w:noBreakHyphen/><w:t>profit</w:t></w:r>", f"<w:sdt NS><w:sdtContent>{run(' Acme')}</w:sdtContent></w:sdt>"):
    p._p.append(parse_xml(part.replace("NS", nsdecls("w"), 1)))
with tempfile.TemporaryDirectory() as t:
    f = os.path.join(t, "a.docx")
    d.save(f)
    print("python-docx:", docx.Document(f).paragraphs[0].text)
    print("docx2txt:", docx2txt.process(f).strip())
    print("mammoth:", ascii(mammoth.extract_raw_text(open(f, "rb")).value.strip()))
EOF
cat > "$d/expected" <<'EOF'
python-docx: Ada owns non-profit
docx2txt: Ada owns half of all of nonprofit Acme
mammoth: 'Ada owns half of non\u2011profit Acme'
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "python-docx 1.2.0, docx2txt 0.9, mammoth 1.13.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"
