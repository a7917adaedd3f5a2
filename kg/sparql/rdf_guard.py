"""What is refused of an RDF file before a parser sees it: a DOCTYPE that can grow or fetch, nesting without end."""

from __future__ import annotations

import re
from array import array
from itertools import accumulate

from kg.model.errors import BadData

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.sparql.files import DataFile

MAX_DEPTH = 1000
_QUIET_XML = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*/>",
    re.DOTALL,
)
# What OWL editors write: a DOCTYPE that only gives short names to addresses, before anything else.
_SHORT_NAMES = re.compile(
    rb"(?:\s|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+<!DOCTYPE\s+[\w:.-]++\s*+\["
    rb"(?:\s|<!ENTITY\s+[\w.-]++\s+(?:\"[^\"&%<>]{0,256}\"|'[^'&%<>]{0,256}')\s*+>)*+\]\s*+>",
    re.DOTALL,
)
# Nothing is given back (++, *+): what could be would take many times the file's size.
_QUIET_JSON = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NOT_BRACKETS = {
    "JSON_LD": bytes(b for b in range(256) if b not in b"[]{}"),
    "RDF_XML": bytes(b for b in range(256) if b not in b"<>"),
}
_STEPS = bytes.maketrans(b"[]{}<>", b"\x01\xff\x01\xff\x01\xff")


def refuse(file: DataFile, data: bytes) -> None:
    """Refuse a DOCTYPE, which can hold bombs and addresses, and nesting that parsers choke on.

    One that only gives short names to addresses is let through. Raises BadData with the line.
    Cost: linear in the bytes.
    """
    if file.format not in _NOT_BRACKETS:
        return
    if file.format == "JSON_LD":
        plain = _QUIET_JSON.sub(lambda m: b"\n" * m[0].count(b"\n"), data)
    else:
        if prolog := _SHORT_NAMES.match(data):
            # Its names stand for plain texts, none in another: nothing can grow without end.
            data = b"\n" * data.count(b"\n", 0, prolog.end()) + data[prolog.end() :]
        plain = _QUIET_XML.sub(lambda m: b"\n" * m[0].count(b"\n"), data)
        if doctype := re.search(rb"<!doctype", plain, re.IGNORECASE):
            line = plain.count(b"\n", 0, doctype.start()) + 1
            entities = re.findall(rb"<!entity\s+([\w.-]+)", data, re.IGNORECASE)
            some = ", ".join(f"&{e.decode()};" for e in entities[:5])
            first = f"write out its entities ({some}) and " if entities else ""
            raise BadData(
                f"{file.path}, line {line}: a DOCTYPE is refused, since it can fetch files and grow "
                f"without end; {first}remove it"
            )
        # What remains are tags that open and close: a closing one is made a single bracket.
        plain = plain.replace(b"</", b"\0").replace(b">", b"").replace(b"\0", b">")
    depth = accumulate(array("b", plain.translate(_STEPS, _NOT_BRACKETS[file.format])))
    if max(depth, default=0) > MAX_DEPTH:
        line = _line_of_depth(plain)
        raise BadData(
            f"{file.path}, line {line}: nested too deeply, more than {MAX_DEPTH:,} levels"
        )


def uncommented(data: bytes) -> bytes:
    """XML with its comments, instructions and CDATA as their line ends alone; tags stay as they are."""

    def quiet(found: re.Match[bytes]) -> bytes:
        part = found[0]
        return b"\n" * part.count(b"\n") if part.startswith((b"<!", b"<?")) else part

    return _QUIET_XML.sub(quiet, data)


def _line_of_depth(plain: bytes) -> int:
    depth, line = 0, 1
    for byte in plain:
        depth += (byte in b"[{<") - (byte in b"]}>")
        line += byte == 10
        if depth > MAX_DEPTH:
            break
    return line
