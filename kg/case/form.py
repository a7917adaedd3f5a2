"""How the tables of a case are written: what its case.toml declares, never what a file looks like."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from kg.text.spelling import did_you_mean

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
FORMATS = ("csv", "tsv", "xlsx", "ods")
DATES = ("d.m.y", "d/m/y", "d-m-y", "m/d/y", "m-d-y", "y/m/d", "y.m.d", "y年m月d日")
DECIMALS = (".", ",")
# Encodings that carry more than text, or nothing of it.
_NO_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"}


@dataclass(frozen=True, slots=True)
class Form:
    """How one table is written.

    `separator` stands between cells, `dates` is the order of day, month and year beside
    ISO's (one of `DATES`, or empty), `decimal` the decimal sign, `sheet` the name of a
    workbook's sheet, `language` the one that months are named in.
    """

    separator: str = ","
    encoding: str = "utf-8"
    dates: str = ""
    decimal: str = "."
    sheet: str = ""
    language: str = "en"


PLAIN = Form()


@dataclass(frozen=True, slots=True)
class Forms:
    """The kinds of files that are tables, how they are written, and the exceptions by table."""

    formats: tuple[str, ...] = ("csv",)
    general: Form = PLAIN
    own: dict[str, Form] = field(default_factory=dict)

    def of(self, file: str) -> Form:
        """How the table in a file of this name is written."""
        stem, _, kind = file.rpartition(".")
        form = self.own.get(stem, self.general)
        return replace(form, separator="\t") if kind == "tsv" else form


def line(key: str, value: str, table: str = "", *, others: bool = False) -> str:
    r"""What to add to case.toml, to the letter: for one table, or for all.

    What is said for all would make tables unreadable, or wrong without a word, that are written
    otherwise; that it can be said for all is told where `others` may be so too.

    >>> line("separator", "\t", "people", others=True)
    'under [tables.people] in data/case.toml (or [tables], if all are so), add: separator = "tab"'
    """
    section = f"[tables.{table}]" if table else "[tables]"
    said = "tab" if value == "\t" else value
    wider = " (or [tables], if all are so)" if table and others else ""
    return f'under {section} in data/case.toml{wider}, add: {key} = "{said}"'


def read(said: object, language: str) -> tuple[Forms, list[str]]:
    """What the section [tables] declares, and everything wrong in it."""
    faults: list[str] = []
    if not isinstance(said, dict):
        return Forms(), ['tables is no section; expected [tables] and lines as separator = ";"']
    formats: tuple[str, ...] = ("csv",)
    general: dict[str, str] = {"language": language}
    own: dict[str, dict[str, str]] = {}
    for key, value in said.items():
        if key == "formats":
            formats, wrong = _formats(value)
            faults += wrong
        elif key in _READERS:
            faults += _take(key, value, general, "tables")
        elif isinstance(value, dict):
            own[key] = {}
            for name, inner in value.items():
                if name in _READERS:
                    faults += _take(name, inner, own[key], f"tables.{key}")
                else:
                    faults.append(_unknown(f"tables.{key}", name, tuple(_READERS)))
        else:
            faults.append(_unknown("tables", key, ("formats", *_READERS)))
    base = Form(**general)
    return Forms(formats, base, {t: replace(base, **some) for t, some in own.items()}), faults


def _unknown(section: str, key: str, known: tuple[str, ...]) -> str:
    told = f"[{section}] has the unknown key “{key}”; expected {', '.join(known)}"
    hint = did_you_mean(key, known)
    return f"{told}; {hint}" if hint else told


def _formats(value: object) -> tuple[tuple[str, ...], list[str]]:
    if not isinstance(value, list) or not all(v in FORMATS for v in value) or not value:
        expected = "a list of " + ", ".join(f'"{f}"' for f in FORMATS)
        return ("csv",), [f'[tables] formats: expected {expected}, as ["csv", "xlsx"]']
    return tuple(dict.fromkeys(value)), []


def _take(key: str, value: object, into: dict[str, str], section: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"[{section}] {key}: expected a text in quotes"
        return
    read_value, expected = _READERS[key]
    found = read_value(value)
    if found is None:
        yield f"[{section}] {key} is “{value}”; expected {expected}"
    else:
        into[key] = found


def _separator(value: str) -> str | None:
    value = "\t" if value == "tab" else value
    return value if value in SEPARATORS else None


def _encoding(value: str) -> str | None:
    try:
        known = codecs.lookup(value)
    except (LookupError, ValueError):
        return None
    text: Any = getattr(known, "_is_text_encoding", False)
    # Cells are cut at line ends and separators: an encoding must be able to write these.
    if not text or known.name in _NO_TEXT or not re.fullmatch(r"[\w.-]+", value, re.ASCII):
        return None
    return "utf-8" if known.name in ("utf-8", "utf-8-sig") else known.name


def _listed(known: tuple[str, ...]) -> str:
    return " or ".join(f"“{k}”" for k in known)


_READERS = {
    "separator": (_separator, "“,”, “;”, “|” or “tab”"),
    "encoding": (_encoding, "the name of an encoding, as “cp1252”, “latin-1” or “utf-16”"),
    "dates": (lambda v: v if v in DATES else None, _listed(DATES)),
    "decimal": (lambda v: v if v in DECIMALS else None, _listed(DECIMALS)),
    "sheet": (lambda v: v or None, "the name of a sheet"),
}
assert {*_READERS} <= {f.name for f in fields(Form)}
