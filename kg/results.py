"""What a query answered, as text for programs (W3C formats) and for people (a table)."""

from __future__ import annotations

from kg.errors import UsageError
from kg.terminal import table
from kg.text import markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kg.query import Answer, Term

SELECT = ("table", "csv", "tsv", "json", "xml")
GRAPH = ("ttl", "nt")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(answer: Answer, form: str, prefixes: Mapping[str, str], width: int = 100) -> str:
    """An answer in a format: table, csv, tsv, json, xml; ttl or nt for a graph.

    Formats are those of the W3C: SPARQL 1.1 Query Results JSON, CSV and TSV, XML.
    In CSV a text cell that a spreadsheet would calculate gets a leading
    apostrophe; in the other formats every text is exact.
    """
    if answer.kind == "graph":
        return answer.text
    if form in GRAPH:
        raise UsageError(f"--format {form} is for CONSTRUCT and DESCRIBE; use {', '.join(SELECT)}")
    if answer.kind == "ask":
        return _boolean(answer.boolean, form)
    writers = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
    if form in writers:
        return writers[form](answer)
    rows = [[_short(t, prefixes) for t in row] for row in answer.rows]
    return table(list(answer.variables), rows, width)


def safe_cell(text: str) -> str:
    """A text as a spreadsheet cell that is never calculated.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    return "'" + text if text.startswith(_FORMULA) else text


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
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    found = {"type": term.kind, "value": term.value}
    if term.datatype:
        found["datatype"] = term.datatype
    if term.language:
        found["xml:lang"] = term.language
    return found


def _csv(answer: Answer) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.rows:
        writer.writerow([_cell(t) for t in row])
    return out.getvalue()


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind == "bnode":
        return "_:" + term.value
    # A typed number may begin with a sign; only text is guarded.
    return term.value if term.datatype else safe_cell(term.value)


def _tsv(answer: Answer) -> str:
    lines = ["\t".join("?" + v for v in answer.variables)]
    lines += ["\t".join(turtle(t) if t else "" for t in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def turtle(term: Term) -> str:
    """A term in Turtle's syntax."""
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    if term.kind == "triple":
        return term.value
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    text = '"' + "".join(escapes.get(c, c) for c in term.value) + '"'
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

    value = escape(term.value, {"\r": "&#13;"})
    if term.kind != "literal":
        return f"<{term.kind}>{value}</{term.kind}>"
    marks = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    marks += f" datatype={quoteattr(term.datatype)}" if term.datatype else ""
    return f"<literal{marks}>{value}</literal>"


def _short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term as a person reads it: IRIs by prefix, literals bare."""
    if term is None:
        return ""
    if term.kind == "uri":
        for prefix, iri in sorted(prefixes.items(), key=lambda p: -len(p[1])):
            if term.value.startswith(iri):
                return f"{prefix}:{term.value[len(iri) :]}"
    return f"_:{term.value}" if term.kind == "bnode" else term.value


LISTS = ("table", "csv", "tsv", "json", "markdown")


def records(rows: Sequence[Any], form: str, columns: Sequence[str], width: int) -> str:
    """Rows of named tuples as csv, tsv, json or markdown in full, as a table in some columns."""
    if form == "json":
        import json

        from kg.model import plain

        return json.dumps(plain(list(rows)), ensure_ascii=False, indent=1) + "\n"
    if form == "table":
        cells = [[_text(getattr(r, c)) for c in columns] for r in rows]
        return table(list(columns), cells, width) if rows else ""
    fields = list(rows[0]._fields) if rows else list(columns)
    lines = [fields, *([_text(v) for v in row] for row in rows)]
    if form == "tsv":
        folded = ("\t".join(" ".join(c.split()) for c in line) for line in lines)
        return "\n".join(folded) + "\n"
    if form == "markdown":
        lines.insert(1, ["---"] * len(fields))
        return "".join(f"| {' | '.join(map(markdown, line))} |\n" for line in lines)
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe_cell(c) for c in line] for line in lines)
    return out.getvalue()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " | ".join(map(str, value)) if isinstance(value, tuple) else str(value)
