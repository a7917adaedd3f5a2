"""Completion in a shell: a script for bash, zsh or fish, and the words that it asks for.

The script calls ``kg --complete SHELL`` and what is typed so far: bash its line, the others the
words, the last one begun or empty. It is given what the last word may become, one a line,
ready to be put in; zsh and fish after a tab also what it is.
"""

from __future__ import annotations

import sys

from kg import verbs
from kg.model.errors import KgError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.store.graph import Graph
    from kg.verbs.description import Param, Verb

    # A word, and what it is.
    Offer = tuple[str, str]

SCRIPTS = {
    "bash": """\
_kg() {
    COMPREPLY=()
    while IFS= read -r; do COMPREPLY+=("$REPLY"); done \\
        < <(kg --complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -o default -F _kg kg
""",
    "zsh": """\
#compdef kg
_kg() {
    local -a found values told
    found=("${(@f)$(kg --complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ -z "$found" ]]; then _files; return; fi
    values=("${(@)found%%$'\\t'*}")
    told=("${(@)found//$'\\t'/  -- }")
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -l -d told -a values ||
        compadd -U -l -d told -a values
}
compdef _kg kg
""",
    "fish": """\
function __kg_complete
    kg --complete fish (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
end
complete -c kg -a '(__kg_complete)'
""",
}
# So many names at most.
_LIMIT = 100
_PARTS = ":="


def run(asked: str, words: Sequence[str]) -> int:
    """Answer ``--completion SHELL`` or ``--complete SHELL WORD...``."""
    shell, *rest = words or [""]
    if shell not in SCRIPTS or (asked == "--completion" and rest):
        raise UsageError(f"{asked} {' '.join(words)}: expected {', '.join(SCRIPTS)}")
    if asked == "--completion":
        sys.stdout.write(SCRIPTS[shell])
        return 0
    if shell == "bash":
        lines = in_bash(rest[0] if rest else "")
    else:
        begun = rest.pop() if rest else ""
        bare = _unquoted(begun)[0] if shell == "fish" else begun
        lines = ["\t".join(offer).rstrip("\t") for offer in complete([*rest, bare])]
    for line in lines:
        print(line)
    return 0


def complete(words: Sequence[str]) -> list[Offer]:
    """What the last of these words may become, each with what it is: verbs, options, the words that
    an option knows, and what the graph has."""
    *before, begun = words or [""]
    return [*dict.fromkeys(_possible(list(before), begun))]


def _possible(before: list[str], begun: str) -> Iterator[Offer]:
    where = "."
    while before[:1] == ["--case"]:
        if len(before) == 1:
            yield from _fitting(begun, ["example"])
            return
        where = before[1]
        del before[:2]
    if not before:
        yield from _fitting(begun, ("--case", "--help", "--completion"))
        yield from ((name, told) for name, told in _verbs() if name.startswith(begun))
        return
    verb = verbs.named(before[0])
    if verb is None:
        return
    options = {form: p for p in verb.params for form in p.flags}
    last = _open(options, before[1:])
    if last is not None:
        yield from _values(last, begun, where)
        return
    if begun[:1] != "-" and (placed := _placed(verb, options, before[1:])):
        yield from _values(placed, begun, where)
    given = {options[word].name for word in before if word in options}
    for p in verb.params:
        if p.flags and p.flags[0].startswith(begun) and (p.many or p.name not in given):
            yield p.flags[0], p.help
    yield from _fitting(begun, ["--help"])


def _verbs() -> Iterator[Offer]:
    """The verbs with their help, from the overview as it is written down: no verb is loaded."""
    from kg.cli.overview import written

    for line in written().partition("\nOptions:")[0].splitlines():
        if line[:2] == "  " and line[2:3].islower():
            name, _, told = line[2:].partition(" ")
            if told[:1] == " ":
                yield name, told.strip()


def _fitting(begun: str, known: Sequence[str]) -> Iterator[Offer]:
    return ((word, "") for word in known if word.startswith(begun))


def _open(options: dict[str, Param], words: list[str]) -> Param | None:
    """The option whose value is begun, if it is one."""
    for back, word in enumerate(reversed(words)):
        if (option := options.get(word)) is not None:
            return option if option.kind is not bool and back < option.words else None
    return None


def _placed(verb: Verb, options: dict[str, Param], words: list[str]) -> Param | None:
    """The next argument; the words that are values of options do not count."""
    placed = [p for p in verb.params if p.argument]
    while words:
        option = options.get(words.pop(0))
        if option is None:
            placed = placed[1:] if placed and not placed[0].many else placed
        elif option.kind is not bool:
            del words[: option.words]
    return placed[0] if placed else None


def _values(p: Param, begun: str, where: str) -> Iterator[Offer]:
    """What a parameter knows: its words, or what the graph has."""
    if p.of and (graph := _graph(where)) is not None:
        try:
            yield from _held(graph, p.of, begun)
        except KgError:
            # A graph that cannot be read completes nothing; whoever asks it is told.
            return
    yield from _fitting(begun, p.known)


def _graph(where: str) -> Graph | None:
    from kg.case.example import out_of
    from kg.store.graph import open_graph

    try:
        return open_graph(out_of(where))
    except KgError:
        return None


def _held(graph: Graph, of: str, begun: str) -> Iterator[Offer]:
    if of == "question":
        from kg.sparql.named import all_names

        yield from _fitting(begun, all_names(graph))
        return
    if of in ("entity", "document"):
        from kg.store.beginnings import begun as names

        # To read the ontology for the labels of classes would take longer than all else.
        kinds = graph.terms.below("Document") if of == "document" else ()
        for name, id_, kind in names(graph, begun, kinds, _LIMIT):
            yield name, f"{kind}, {id_}" if name != id_ else kind
        return
    terms = graph.terms
    groups = {"class": (0,), "relation": (1, 2), "measure": (2,), "quality": (4,)}[of]
    wanted = begun.casefold()
    for group in groups:
        for term in terms.groups[group].values():
            if term.id.casefold().startswith(wanted):
                yield term.id, term.label
            elif term.label.casefold().startswith(wanted):
                yield term.label, term.id


def in_bash(line: str) -> list[str]:
    """What the last word of a line of bash may become, written as bash takes it in.

    Bash puts the text in place of the part of the word after its last colon or equals sign, and
    what several have in common in place of what is typed: what does not begin so is given
    alone, or listed with nothing in common.
    """
    words, quote, cut = _split(line)
    begun = words[-1]
    found = [value for value, _ in complete(words[1:])]
    if cut:
        found = [v for v in found if v.casefold().startswith(begun[:cut].casefold())]
    wanted = begun.casefold()
    fitting = [v for v in found if v.casefold().startswith(wanted)]
    if not fitting and len(found) > 1:
        return [*(_quoted(v[cut:], quote) for v in found), "…"]
    return [_quoted(v[cut:], quote) for v in fitting or found]


def _split(line: str) -> tuple[list[str], str, int]:
    """The words of a line as bash reads them, the quote that is open, and how much of the last word
    bash holds for done."""
    words, quote, cut = [""], "", 0
    at, inside = 0, False
    while at < len(line):
        c = line[at]
        if c == "\\" and quote != "'" and at + 1 < len(line):
            at += 1
            words[-1] += line[at]
            inside = True
        elif quote:
            if c == quote:
                quote = ""
            else:
                words[-1] += c
        elif c in "\"'":
            quote, inside = c, True
        elif c in " \t":
            if words[-1] or inside:
                words.append("")
            inside, cut = False, 0
        else:
            words[-1] += c
            if c in _PARTS:
                cut = len(words[-1])
        at += 1
    return words, quote, 0 if quote else cut


def _unquoted(word: str) -> tuple[str, str]:
    """A word without quotes and backslashes, and the quote that is open."""
    words, quote, _ = _split(word.replace(" ", "\\ ") if word[:1] not in ("'", '"') else word)
    return words[-1], quote


_SPECIAL = " \t!\"#$&'()*;<>?[\\]^`{|}~"


def _quoted(text: str, quote: str) -> str:
    """A text as it stands behind an open quote, or with backslashes where there is none."""
    if quote == "'":
        return text.replace("'", "'\\''")
    special = '"$`\\' if quote else _SPECIAL
    return "".join("\\" + c if c in special else c for c in text)
