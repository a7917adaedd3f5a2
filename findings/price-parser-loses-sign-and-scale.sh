#!/usr/bin/env bash
# Guessed: An amount written as in a press report comes back as that amount, or as none.
# Happened: Million and bn are dropped (1.5 million is 1.5), so is the minus; of a span the lower end is the amount, of
#   12 of 30 million the 12.
# Versions: price-parser 0.5.1.
# Means: An amount in a sentence is copied by a person; a parser of shop prices is for shop prices.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check price-parser==0.5.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
from price_parser import Price
for text in ("USD 1.5 million", "EUR 1.2bn", "-5.00 EUR", "between 10 and 20 EUR", "12 of 30 million USD", "not 5 EUR but 7"):
    price = Price.fromstring(text)
    print(text, "->", price.amount, price.currency)
EOF
cat > "$d/expected" <<'EOF'
USD 1.5 million -> 1.5 USD
EUR 1.2bn -> 1.2 EUR
-5.00 EUR -> 5.00 EUR
between 10 and 20 EUR -> 10 EUR
12 of 30 million USD -> 12 USD
not 5 EUR but 7 -> 5 EUR
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "price-parser 0.5.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"
