#!/usr/bin/env bash
# Guessed: The legal form is cut or the name is left alone.
# Happened: Acme, Inc. (USA) loses only its last bracket, Limited Partnership stays, and AB counts as Swiss and Lithuanian, SA as
#   neither French nor Spanish.
# Versions: cleanco 2.3.
# Means: The printed name is kept; countries come from the register, not from the form.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check cleanco==2.3 2>/dev/null
cat > "$d/show.py" <<'EOF'
import cleanco
for n in ("Acme Ltd", "Acme, Inc. (USA)", "Acme Limited Partnership"):
    print(n, "->", cleanco.basename(n))
for n in ("Acme AB", "Acme SA"):
    print(n, cleanco.matches(n, cleanco.countrysources()))
EOF
cat > "$d/expected" <<'EOF'
Acme Ltd -> Acme
Acme, Inc. (USA) -> Acme, Inc. (USA
Acme Limited Partnership -> Acme Limited Partnership
Acme AB ['Lithuania', 'Sweden', 'Switzerland']
Acme SA ['Chile', 'Dominican Republic', 'Ecuador', 'Guatemala', 'Haiti', 'Peru', 'Switzerland']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "cleanco 2.3"
cat "$d/seen"
diff "$d/expected" "$d/seen"
