"""What a query answered, as text for programs (W3C formats) and for people (a table)."""

from __future__ import annotations

from kg.model.errors import UsageError, parameter
from kg.model.namespaces import XSD
from kg.text.formats import STARTS, Guard, escaped
from kg.text.terminal import table
from kg.text.untrusted import in_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.sparql.query import Answer, Term

SELECT = ("table", "csv", "tsv", "json", "xml")
GRAPH = ("ttl", "nt")
# In TSV the quotes of a term stand in the way; after a mark that ends a text its language does not.
_TSV_FORMULA = '(?:(?<=^")|(?<=;))[=+\\-@＝＋－＠]|;(?="(?:@|[^"]*$))'
# What a number may be called, and how it is written; without a datatype it is a text.
_NUMERIC = frozenset(
    [
        "integer",
        "decimal",
        "double",
        "float",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    ]
)
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"


def write(
    answer: Answer,
    form: str,
    prefixes: Mapping[str, str],
    width: int = 100,
    guard: Guard | None = None,
) -> str:
    """An answer in a format: table, csv, tsv, json, xml; ttl or nt for a graph.

    Formats are those of the W3C: SPARQL 1.1 Query Results JSON, CSV and TSV, XML.
    The text cells of CSV go through the `guard`; in the other formats every text is
    exact, in TSV with what a spreadsheet would calculate as an escape. Raises UsageError for a format
    that the kind of answer does not have.
    """
    if answer.kind == "graph":
        return answer.text
    if form in GRAPH:
        raise UsageError(
            f"{parameter('format')} {form} is for CONSTRUCT and DESCRIBE; use {', '.join(SELECT)}"
        )
    if answer.kind == "ask":
        return _boolean(answer.boolean, form)
    if form == "csv":
        return _csv(answer, guard or Guard())
    writers = {"tsv": _tsv, "json": _json, "xml": _xml}
    if form in writers:
        return writers[form](answer)
    spaces = sorted(prefixes.items(), key=lambda p: -len(p[1]))
    rows = [[_short(t, spaces) for t in row] for row in answer.rows]
    return table(list(answer.variables), rows, width)


def _boolean(value: bool, form: str) -> str:
    word = "true" if value else "false"
    if form == "json":
        return f'{{"head": {{}}, "boolean": {word}}}\n'
    if form == "xml":
        head = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        return f"{head}<head/><boolean>{word}</boolean></sparql>\n"
    return word + "\n"


def _json(answer: Answer) -> str:
    import json

    bindings = [
        {v: _json_term(t) for v, t in zip(answer.variables, row, strict=True) if t}
        for row in answer.rows
    ]
    whole: dict[str, object] = {"head": {"vars": list(answer.variables)}}
    if answer.truncated:
        whole["truncated"] = True
    if answer.incomplete:
        whole["incomplete"] = True
    whole["results"] = {"bindings": bindings}
    return in_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    found = {"type": term.kind, "value": term.value}
    if term.datatype:
        found["datatype"] = term.datatype
    if term.language:
        found["xml:lang"] = term.language
    return found


def _csv(answer: Answer, guard: Guard) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.rows:
        writer.writerow([_cell(t, guard) for t in row])
    return out.getvalue()


def _cell(term: Term | None, guard: Guard) -> str:
    if term is None:
        return ""
    if term.kind == "bnode":
        return "_:" + term.value
    return term.value if _is_number(term) else guard(term.value)


def _is_number(term: Term) -> bool:
    """Whether a term is a number in fact and not by its datatype only: it may begin with a sign."""
    if term.datatype.removeprefix(XSD) not in _NUMERIC:
        return False
    import re

    return bool(re.fullmatch(_NUMBER, term.value, re.ASCII))


def _tsv(answer: Answer) -> str:
    lines = ["\t".join("?" + v for v in answer.variables)]
    lines += ["\t".join(_tsv_term(t) for t in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def _tsv_term(term: Term | None) -> str:
    """A term in Turtle's syntax, with escapes for what a spreadsheet would calculate."""
    if term is None:
        return ""
    written = turtle(term)
    if (";" in term.value or term.value[:1] in STARTS) and not _is_number(term):
        import re

        written = re.sub(_TSV_FORMULA, lambda m: f"\\u{ord(m[0]):04X}", written)
    return written


def turtle(term: Term) -> str:
    """A term in Turtle's syntax."""
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    if term.kind == "triple":
        return term.value
    text = '"' + escaped(term.value).replace('"', '\\"') + '"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def _xml(answer: Answer) -> str:
    from xml.sax.saxutils import quoteattr

    lines = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    names = "".join(f"<variable name={quoteattr(v)}/>" for v in answer.variables)
    lines.append(f"<head>{names}</head>")
    lines.append("<results>")
    for row in answer.rows:
        cells = (
            f"<binding name={quoteattr(v)}>{_xml_term(t)}</binding>"
            for v, t in zip(answer.variables, row, strict=True)
            if t
        )
        lines.append(f"<result>{''.join(cells)}</result>")
    return "\n".join([*lines, "</results>", "</sparql>"]) + "\n"


def _xml_term(term: Term) -> str:
    from xml.sax.saxutils import escape, quoteattr

    if not term.value.isprintable():
        import re

        if bad := re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", term.value):
            found = f"U+{ord(bad.group()):04X}"
            raise UsageError(
                f"XML cannot hold the character {found} of an answer; "
                f"use {parameter('format')} json"
            )
    value = escape(term.value, {"\r": "&#13;"})
    if term.kind != "literal":
        return f"<{term.kind}>{value}</{term.kind}>"
    marks = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    marks += f" datatype={quoteattr(term.datatype)}" if term.datatype else ""
    return f"<literal{marks}>{value}</literal>"


def _short(term: Term | None, spaces: Sequence[tuple[str, str]]) -> str:
    """A term as a person reads it: IRIs by prefix, of which the longest comes first, literals bare."""
    if term is None:
        return ""
    if term.kind == "uri":
        for prefix, iri in spaces:
            if term.value.startswith(iri):
                return f"{prefix}:{term.value[len(iri) :]}"
    return f"_:{term.value}" if term.kind == "bnode" else term.value
