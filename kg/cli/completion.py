"""Completion in a shell: a script for bash, zsh or fish, and the words that it asks for.

The script calls ``kg --complete WORD...`` with the words so far, the last one begun or
empty, and is given what it may become, a word a line.
"""

from __future__ import annotations

import sys

from kg import verbs
from kg.model.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.verbs.description import Param, Verb

SCRIPTS = {
    "bash": """\
_kg() {
    local IFS=$'\\n'
    COMPREPLY=($(kg --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _kg kg
""",
    "zsh": """\
#compdef kg
_kg() {
    local -a found
    found=("${(@f)$(kg --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "$found" ]]; then compadd -- $found; else _files; fi
}
compdef _kg kg
""",
    "fish": """\
function __kg_complete
    set -l words (commandline -opc) (commandline -ct)
    kg --complete $words[2..-1] 2>/dev/null
end
complete -c kg -a '(__kg_complete)'
""",
}


def run(asked: str, words: Sequence[str]) -> int:
    """Answer ``--completion SHELL`` or ``--complete WORD...``."""
    if asked == "--completion":
        if len(words) != 1 or words[0] not in SCRIPTS:
            raise UsageError(f"--completion {' '.join(words)}: expected {', '.join(SCRIPTS)}")
        sys.stdout.write(SCRIPTS[words[0]])
        return 0
    for word in complete(words):
        print(word)
    return 0


def complete(words: Sequence[str]) -> list[str]:
    """What the last of these words may become: verbs, options, or the words that an option knows."""
    *before, begun = words or [""]
    return [word for word in _possible(list(before)) if word.startswith(begun)]


def _possible(before: list[str]) -> Iterator[str]:
    while before[:1] == ["--case"]:
        if len(before) == 1:
            yield "example"
            return
        del before[:2]
    if not before:
        yield from ("--case", "--help", "--completion", *(verb.name for verb in verbs.every()))
        return
    verb = verbs.named(before[0])
    if verb is None:
        return
    options = {form: p for p in verb.params for form in p.flags}
    last = options.get(before[-1])
    if last is not None and last.kind is not bool:
        yield from last.known
        return
    yield from _arguments(verb, options, before[1:])
    given = {options[word].name for word in before if word in options}
    for p in verb.params:
        if p.flags and (p.many or p.name not in given):
            yield p.flags[0]
    yield "--help"


def _arguments(verb: Verb, options: dict[str, Param], words: list[str]) -> Iterator[str]:
    """What the next argument knows; the words that are values of options do not count."""
    placed = [p for p in verb.params if p.argument]
    while words:
        option = options.get(words.pop(0))
        if option is None:
            placed = placed[1:] if placed and not placed[0].many else placed
        elif option.kind is not bool:
            del words[: option.words]
    if placed:
        yield from placed[0].known
