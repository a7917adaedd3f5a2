"""XML of any size as it comes: beginnings and ends of elements, nothing fetched, nothing expanded.

A declaration of entities is refused: they can hold other files and grow without end. So is what is
nested too deeply and a text without end. In memory are the elements that are open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from kg.exchange.source import Source

MAX_DEPTH = 200
MAX_TEXT = 16 << 20
_CHUNK = 1 << 18


class _Refused(Exception):
    """What XML allows and we do not."""


class Element:
    """An element: its name and namespace, its attributes without their namespaces, its own text at its end."""

    __slots__ = ("attributes", "line", "name", "space", "text")

    def __init__(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        self.space, _, self.name = name.rpartition(" ")
        self.attributes = {k.rpartition(" ")[2]: v for k, v in attributes.items()}
        self.line, self.text = line, ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute, by its name without a namespace."""
        return self.attributes.get(name, default)


def elements(source: Source, first: str) -> Iterator[tuple[bool, Element]]:
    """Every element twice: (True, it) where it begins, (False, it) where it ends, with its text.

    Raises BadData with the line for what is no XML, does not begin with the element `first`, or is refused.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    found: list[tuple[bool, Element]] = []
    open_: list[tuple[Element, list[str]]] = []
    size, began = 0, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal size, began
        if len(open_) >= MAX_DEPTH:
            raise _Refused(f"nested more than {MAX_DEPTH} deep")
        element = Element(name, attributes, parser.CurrentLineNumber)
        if not began and element.name != first:
            raise _Refused(f"its first element is {element.name}, expected {first}")
        began = True
        open_.append((element, []))
        size = 0
        found.append((True, element))

    def end(_: str) -> None:
        nonlocal size
        element, parts = open_.pop()
        element.text = "".join(parts)
        size = 0
        found.append((False, element))

    def text(part: str) -> None:
        nonlocal size
        size += len(part)
        if size > MAX_TEXT:
            raise _Refused(f"a text of more than {MAX_TEXT:,} characters")
        if open_:
            open_[-1][1].append(part)

    def entity(name: str, *_: object) -> None:
        raise _Refused(
            f"it declares the entity {name}, which is refused; write out what it stands for"
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    done = 0
    try:
        with source.opened() as file:
            while data := file.read(_CHUNK):
                done += len(data)
                parser.Parse(data, False)
                source.told(done)
                yield from found
                found.clear()
            parser.Parse(b"", True)
            yield from found
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        if error.code in (expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],) or (
            "unclosed" in said or "no element" in said
        ):
            raise source.bad("it is cut off: the file ends inside an element") from error
        raise source.bad(f"line {error.lineno}: no XML: {said}") from error
    except _Refused as error:
        raise source.bad(f"line {parser.CurrentLineNumber}: {error}") from error
    except (ValueError, LookupError) as error:
        # An encoding that nobody knows.
        raise source.bad(f"line {parser.CurrentLineNumber}: {error}") from error


def root(source: Source) -> str:
    """The name of the first element in the beginning of a file; empty if it is no XML."""
    import re

    head = re.sub(
        r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", "", source.head, flags=re.DOTALL
    )
    first = re.match(r"\s*<(?:[\w.-]+:)?([\w.-]+)", head)
    return first[1] if first else ""
