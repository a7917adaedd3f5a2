"""Units of numbers: which are one, and how many of one make another.

Lengths, areas, masses and times can be reckoned into each other, currencies go by their
codes. Every other unit is what is counted: “Persons”, “person” and “people” are one, and
are not “stations”.
"""

from __future__ import annotations

from decimal import Decimal

_LENGTH = {"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000"}
_LENGTH |= {"inch": "0.0254", "foot": "0.3048", "yard": "0.9144", "mile": "1609.344"}
_LENGTH |= {"nautical mile": "1852"}
_AREA = {"m²": "1", "km²": "1000000", "hectare": "10000", "acre": "4046.8564224"}
_MASS = {"mg": "0.000001", "g": "0.001", "kg": "1", "tonne": "1000", "pound weight": "0.45359237"}
_MASS |= {"ounce": "0.028349523125"}
_TIME = {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800"}
_REST = {"month": "1", "year": "12"}

# The kind and the size of each unit that can be reckoned: months are no number of days.
SIZES = {
    unit: (kind, Decimal(size))
    for kind, sizes in (
        ("m", _LENGTH),
        ("m²", _AREA),
        ("kg", _MASS),
        ("second", _TIME),
        ("month", _REST),
    )
    for unit, size in sizes.items()
}

# Other spellings of a unit, in small letters and in the singular.
_SPELT = {
    "mm": ("millimetre", "millimeter"),
    "cm": ("centimetre", "centimeter"),
    "m": ("metre", "meter"),
    "km": ("kilometre", "kilometer"),
    "inch": ("in",),
    "foot": ("ft", "feet"),
    "yard": ("yd",),
    "mile": ("mi",),
    "nautical mile": ("nmi",),
    "m²": ("m2", "sqm", "sq m", "square metre", "square meter"),
    "km²": ("km2", "sq km", "square kilometre", "square kilometer"),
    "hectare": ("ha",),
    "mg": ("milligram", "milligramme"),
    "g": ("gram", "gramme"),
    "kg": ("kilogram", "kilogramme", "kilo"),
    "tonne": ("t", "ton", "metric ton"),
    "pound weight": ("lb",),
    "ounce": ("oz",),
    "second": ("s", "sec"),
    "minute": ("min",),
    "hour": ("h", "hr"),
    "week": ("wk",),
    "year": ("yr",),
    "person": ("people", "persons"),
    "percent": ("%", "per cent"),
    "eur": ("€", "euro"),
    "usd": ("$", "us$", "us dollar", "u.s. dollar"),
    "gbp": ("£", "pound sterling"),
    "cny": ("rmb", "renminbi", "yuan"),
    "jpy": ("¥", "yen"),
    "chf": ("swiss franc", "sfr"),
    "inr": ("₹", "indian rupee", "rs"),
    "rub": ("₽", "ruble", "rouble", "russian ruble"),
}
_NAMES = {other: unit for unit, others in _SPELT.items() for other in others}
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "people": "person",
}


# Words that say how many of a unit are counted at a time.
_MULTIPLES = {"thousand": Decimal(10**3), "million": Decimal(10**6), "billion": Decimal(10**9)}
_MULTIPLES |= {"mn": Decimal(10**6), "mio": Decimal(10**6), "bn": Decimal(10**9)}
# Short ones that are also written in capitals.
_CODES = frozenset(("KM", "KG", "HA", "FT", "LB", "OZ", "RS"))


def reckoned(value: str, unit: str) -> tuple[str, Decimal]:
    """What is counted, and how much of it: numbers of one kind can be compared.

    `value` is a plain decimal number. Raises decimal.InvalidOperation for what is none.

    >>> reckoned("5", "km") == reckoned("5000", "metres"), reckoned("5", "km") == reckoned("5", "miles")
    (True, False)
    >>> reckoned("2.9", "million EUR") == reckoned("2900000", "€")
    True
    >>> reckoned("54", "Persons") == reckoned("54.0", "person"), kind("stations") == kind("person")
    (True, False)
    """
    many, name = _parted(unit)
    of, size = SIZES.get(name, (name, Decimal(1)))
    return of, Decimal(value) * size * many


def kind(unit: str) -> str:
    """What numbers of a unit count; the same for all that can be compared.

    >>> kind("US dollars") == kind("USD"), kind("km") == kind("miles"), kind("km") == kind("kg")
    (True, True, False)
    """
    _, name = _parted(unit)
    return SIZES[name][0] if name in SIZES else name


def _parted(unit: str) -> tuple[Decimal, str]:
    """How many of a unit are counted at a time, as in “million EUR”, and the unit's name."""
    first, _, rest = unit.strip().partition(" ")
    many = _MULTIPLES.get(first.casefold().removesuffix("s")) if rest.strip() else None
    if many is None:
        return Decimal(1), _name(unit)
    return many, _name(rest.strip().removeprefix("of "))


def _name(unit: str) -> str:
    """The one spelling of a unit: small letters, one space, the last word in the singular."""
    text = " ".join(unit.split())
    # A capital can make another unit: MG is no mg, and M no metre.
    text = text if len(text) < 3 and text not in _CODES and text.isupper() else text.casefold()
    if text in _NAMES or text in SIZES:
        return _NAMES.get(text, text)
    *before, last = text.split(" ") or [""]
    one = " ".join([*before, _singular(last)])
    return _NAMES.get(one, one)


def _singular(word: str) -> str:
    """An English noun in the singular, by the common endings."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
