#!/usr/bin/env bash
# Guessed: 150 as a currency is one hundred and fifty euro.
# Happened: A whole number is taken for cents (150 is one euro, fifty cents), the same number with a point for euro.
# Versions: num2words 0.5.14.
# Means: Amounts read from a table, where 150 and 150.0 are one value, are made one type before they are put in words.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check num2words==0.5.14 2>/dev/null
cat > "$d/show.py" <<'EOF'
from decimal import Decimal
from num2words import num2words
for amount in (150, 150.0, Decimal(150), Decimal("150.00")):
    print(repr(amount), "->", num2words(amount, to="currency", currency="EUR"))
EOF
cat > "$d/expected" <<'EOF'
150 -> one euro, fifty cents
150.0 -> one hundred and fifty euro, zero cents
Decimal('150') -> one hundred and fifty euro, zero cents
Decimal('150.00') -> one hundred and fifty euro, zero cents
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "num2words 0.5.14"
cat "$d/seen"
diff "$d/expected" "$d/seen"
