"""What each verb answers. Touches an open graph or a case, and no stream.

A verb is a module of this folder with its description, `VERB`, and the function `answer`.
It is found by its name, so that one verb costs what one module costs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.verbs.answer import Answer
    from kg.verbs.description import Verb
    from kg.verbs.place import Place


def named(name: str) -> Verb | None:
    """The verb of a name, or None."""
    # Python keeps some words to itself: `import` is in import_.py.
    for module in (name, name + "_"):
        if not module.isidentifier():
            return None
        try:
            found = __import__(f"kg.verbs.{module}", fromlist=("VERB",))
        except ModuleNotFoundError as error:
            if error.name == f"kg.verbs.{module}":
                continue
            raise
        verb: Verb | None = getattr(found, "VERB", None)
        if verb is not None and verb.name == name:
            verb.answer = found.answer
            return verb
    return None


def every() -> list[Verb]:
    """All verbs: group by group, in each after the verb that they say, else by name."""
    import os

    from kg.verbs.description import GROUPS

    files = sorted(os.listdir(os.path.dirname(os.path.abspath(__file__))))
    names = (f.removesuffix(".py").removesuffix("_") for f in files if f.endswith(".py"))
    left = [verb for name in names if name != "_" and (verb := named(name))]
    found: list[Verb] = []
    for group in GROUPS:
        put_after([v for v in left if v.group == group], "", found)
    return found


def put_after(verbs: list[Verb], after: str, found: list[Verb]) -> None:
    """Put into `found` the verbs that stand after one, each followed by those after itself."""
    known = {v.name for v in verbs}
    for verb in verbs:
        if (verb.after if verb.after in known else "") == after:
            found.append(verb)
            put_after(verbs, verb.name, found)


def answer_of(verb: Verb, place: Place, given: Mapping[str, Any]) -> Answer:
    """Have a verb answered: what is not given is as its description says."""
    from kg.verbs.description import LENS, OUTPUT

    values, lens = {}, {}
    for p in verb.params:
        value = given.get(p.name, p.default)
        if p.group == LENS:
            lens[p.name] = value
        elif p.group != OUTPUT or p.name in verb.told:
            values[p.name] = value
    if not lens:
        return verb.answer(place, **values)
    from kg.verbs.parameters import LensRequest, left_out

    seen = LensRequest(**lens)
    if not seen.asks:
        return verb.answer(place, seen, **values)
    place.graph.undated.clear()
    answer = verb.answer(place, seen, **values)
    answer.seen = seen.words(place.graph)
    if answer.page or not answer.value:
        # What has rows says so itself.
        answer.notes.append(f"seen through: {answer.seen}")
    if seen.dated:
        answer.notes += left_out(place.graph)
    return answer
