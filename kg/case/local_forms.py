"""Dates and numbers as a country writes them, turned into the tables' own forms where declared."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.case.form import DATES, Form

_MONTHS = {
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_PARTS = {"d": r"(?P<d>[0-9]{1,2})", "m": r"(?P<m>[0-9]{1,2})", "y": r"(?P<y>[0-9]{4})"}
_WORDED = re.compile(
    r"(?:(?P<d>[0-9]{1,2})(?:\.|er|º)? (?:de )?)?(?P<m>[^\W\d_]+)\.?"
    r"(?: (?P<d2>[0-9]{1,2}),?)?,? (?:de )?(?P<y>[0-9]{4})"
)
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:,[0-9]{1,18})?")


def date(cell: str, form: Form) -> str:
    """A date cell as ISO writes it, if it is in the declared order; else as it stands.

    Either end of a span and a date with “~” are read alike; where the order has
    slashes, spans are written as ISO does.

    >>> date("3.10.2022~", Form(dates="d.m.y")), date("10.2022/", Form(dates="d.m.y"))
    ('2022-10-03~', '2022-10/')
    >>> date("3 October 2022", Form(dates="d/m/y"))
    '2022-10-03'
    """
    if not form.dates or not cell:
        return cell
    if "/" in form.dates:
        return _one(cell, form)
    return "/".join(_one(part, form) for part in cell.split("/"))


def number(cell: str, form: Form) -> str:
    """A number with a decimal comma as the tables write it; anything else as it stands."""
    if form.decimal == "," and all(map(_NUMBER.fullmatch, cell.split(".."))):
        return cell.replace(",", ".")
    return cell


def orders(cell: str) -> list[str]:
    """The orders of day, month and year that a cell may be written in.

    >>> orders("13.2.2022"), orders("1/2/2019"), orders("2022")
    (['d.m.y'], ['d/m/y', 'm/d/y'], [])
    """
    found = [order for order in DATES if _one(cell, Form(dates=order)) != cell]
    # A month by its name is read in any order.
    return found if len(found) < len(DATES) else found[:1]


_TO_TWENTIETH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = _TO_TWENTIETH.split()
_ORDINALS += [f"twenty-{word}" for word in _ORDINALS[:9]] + ["thirtieth", "thirty-first"]
# Parts of a year, by their first and last month: what people say of a year, no more exact than they do.
_SPANS = {
    "first half": ("01", "06"),
    "second half": ("07", "12"),
    "early|beginning|start|anfang|début|principios|inicios": ("01", "04"),
    "mid|middle|mitte|milieu|mi|mediados": ("05", "08"),
    "late|end|ende|fin|finales": ("09", "12"),
    "spring|frühling|frühjahr|printemps|primavera": ("03", "05"),
    "summer|sommer|été|verano": ("06", "08"),
    "autumn|fall|herbst|automne|otoño": ("09", "11"),
}
_PARTS_OF = "|".join(_SPANS)


def spelt(cell: str) -> str:
    """How a date that is told in words is to be written; empty where there is no year in it.

    >>> spelt("the third of March 2019"), spelt("March 3rd, 2019"), spelt("3. März 2019")
    ('write 2019-03-03', 'write 2019-03-03', 'write 2019-03-03')
    >>> spelt("spring 2019"), spelt("early March 2019"), spelt("before the war")
    ('write 2019-03/2019-05, some time within', 'write 2019-03~, or 2019-03 alone', '')
    >>> spelt("early 2019"), spelt("end of 2019"), spelt("the 1920s")
    ('write 2019-01/2019-04, some time within', 'write 2019-09/2019-12, some time within', 'write 1920/1929, some time within')
    """
    text = re.sub(r"\b(the|of|on|in|since|from) ", "", cell.casefold().replace(" of ", " "))
    text = re.sub(r"(?<=[0-9])(st|nd|rd|th)\b", "", text)
    for number, word in [*enumerate(_ORDINALS, 1)][::-1]:
        text = re.sub(rf"\b{word}\b", str(number), text)
    unsure = re.sub(rf"\b({_PARTS_OF})[ -]", "", text)
    unsure = re.sub(r"\b(about|around|circa|ca\.?|c\.)[ -]", "", unsure)
    for language in _MONTHS:
        if (day := _one(unsure, Form(dates="d.m.y", language=language))) != unsure:
            return f"write {day}" if unsure == text else f"write {day}~, or {day} alone"
    year = re.search(r"\b[12][0-9]{3}\b", cell) if re.search(r"[^\W\d_]{3}", cell) else None
    if decade := re.search(r"\b([12][0-9]{2})0['’]?s\b", text):
        return f"write {decade[1]}0/{decade[1]}9, some time within"
    for span, (first, last) in _SPANS.items():
        if year and re.search(rf"\b({span})\b", cell.casefold()):
            return f"write {year[0]}-{first}/{year[0]}-{last}, some time within"
    return f"write {year[0]}, or {year[0]}~ if it is about so" if year else ""


@lru_cache(maxsize=8)
def _patterns(order: str) -> tuple[re.Pattern[str], ...]:
    """A date in full, without its day, and, where years are marked, a year alone."""
    shorter = order.replace("m月d日", "m月") if "月" in order else re.sub(r"^d\W|\Wd", "", order)
    forms = [order, shorter, *(["y年"] if "年" in order else [])]
    return tuple(re.compile("".join(_PARTS.get(c, re.escape(c)) for c in form)) for form in forms)


def _one(cell: str, form: Form) -> str:
    text = cell.strip()
    about = "~" if text.endswith("~") else ""
    plain = text.removesuffix("~").strip()
    for pattern in _patterns(form.dates):
        if match := pattern.fullmatch(plain):
            found = match.groupdict()
            return _iso(found["y"], found.get("m"), found.get("d"), about) or cell
    if match := _WORDED.fullmatch(plain.casefold()):
        months = _MONTHS.get(form.language.partition("-")[0], _MONTHS["en"]).split()
        if match["m"] in months and not (match["d"] and match["d2"]):
            day = match["d"] or match["d2"]
            return _iso(match["y"], str(months.index(match["m"]) + 1), day, about) or cell
    return cell


def _iso(year: str, month: str | None, day: str | None, about: str) -> str:
    """The parts as ISO writes them; empty if there is no such month."""
    if month and not 1 <= int(month) <= 12:
        return ""
    parts = [year, *(f"{int(p):02}" for p in (month, day) if p)]
    return "-".join(parts) + about
