"""A method of an open graph, made from the description of a verb."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Any

from kg.model.errors import UsageError
from kg.text.spelling import did_you_mean
from kg.verbs.description import Param, Verb


def method(verb: Verb) -> Callable[..., Any]:
    """A method that takes the parameters of a verb: arguments by place, options by keyword."""
    params = [p for p in verb.params if not p.shell]
    placed = [p for p in params if p.argument]

    def made(self: Any, *words: Any, **given: Any) -> Any:
        for p, word in zip(placed, words, strict=False):
            if p.name in given:
                raise UsageError(f"{p.name} is given twice")
            given[p.name] = word
        if len(words) > len(placed):
            if not (placed and placed[-1].many):
                raise UsageError(f"{words[len(placed)]!r} is one too many; {_usage(verb)}")
            given[placed[-1].name] = words[len(placed) - 1 :]
        return self._ask(verb, _checked(verb, params, given))

    made.__name__ = made.__qualname__ = verb.method
    made.__doc__ = doc(verb)
    found = [
        Parameter(
            p.name,
            Parameter.POSITIONAL_OR_KEYWORD if p.argument else Parameter.KEYWORD_ONLY,
            default=Parameter.empty if p.needed and p.argument else p.default,
        )
        for p in sorted(params, key=lambda p: not p.argument)
    ]
    me = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
    made.__signature__ = Signature([me, *found])  # type: ignore[attr-defined]
    return made


def _checked(verb: Verb, params: Sequence[Param], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, each value of its kind; None is as good as nothing."""
    known = {p.name: p for p in params}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(f"{verb.method} has no {name}; {hint or _usage(verb)}")
    values = {n: _checked_value(known[n], v) for n, v in given.items() if v is not None}
    lacking = [p.name for p in params if p.needed and p.name not in values]
    if lacking:
        raise UsageError(f"{verb.method} needs {' and '.join(lacking)}; {_usage(verb)}")
    return values


def _checked_value(p: Param, value: Any) -> Any:
    if p.many and isinstance(value, Mapping):
        return [f"{name}={word}" for name, word in value.items()]
    if p.many or p.words > 1:
        single = isinstance(value, (str, os.PathLike)) or not hasattr(value, "__iter__")
        found = [_one(p, one) for one in ((value,) if single else value)]
        if p.words > 1 and len(found) != p.words:
            raise UsageError(f"{p.name} {value!r}: expected {p.words} of them")
        return found
    return _one(p, value)


def _one(p: Param, value: Any) -> Any:
    if p.kind is bool:
        return bool(value)
    if p.kind is str:
        if isinstance(value, os.PathLike):
            value = os.fspath(value)
        if not isinstance(value, str):
            raise UsageError(f"{p.name} {value!r}: expected text")
        if not value:
            raise UsageError(f"{p.name} is empty; give one, or leave it out")
        return value
    whole = p.kind is int
    try:
        number: float = int(value) if whole else float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"{p.name} {value!r}: expected a number") from error
    if whole and number != value:
        raise UsageError(f"{p.name} {value!r}: expected a whole number")
    low, high = p.low, p.high
    if (low is not None and number < low) or (high is not None and number > high):
        ends = f"at least {low:g}" if high is None else f"from {low:g} to {high:g}"
        raise UsageError(f"{p.name} {value!r}: expected a number {ends}")
    return number


def _usage(verb: Verb) -> str:
    words = [p.name for p in verb.params if p.argument and not p.shell]
    return f"it is {verb.method}({', '.join([*words, '…'])})"


def doc(verb: Verb) -> str:
    """What a method says of itself: what it answers, each keyword, a call of it."""
    lines = []
    for p in verb.params:
        known = f" One of: {', '.join(p.known)}." if 0 < len(p.known) < 10 else ""
        lines += [] if p.shell else [f"{p.name}: {p.help}{known}"]
    call = f"Example: graph.{verb.method}({_example(verb)})"
    return "\n".join([verb.help, "", *lines, *([""] if lines else []), call])


def _example(verb: Verb) -> str:
    """What stands between the brackets in the first example of a verb that says something to a notebook."""
    known = {flag: p for p in verb.params for flag in p.flags}
    for line in verb.examples:
        placed: list[str] = []
        named: dict[str, list[str]] = {}
        _, *words = shlex.split(line)
        while words:
            p = known.get(words[0])
            if p is None:
                placed.append(_quoted(words.pop(0)))
                continue
            taken = 1 + (p.kind is not bool) * p.words
            values = [_quoted(w) if p.kind is str else w for w in words[1:taken]] or ["True"]
            del words[:taken]
            if not p.shell:
                named.setdefault(p.name, []).extend(values)
        several = {name: f"[{', '.join(held)}]" for name, held in named.items() if held[1:]}
        told = [f"{name}={several.get(name, held[0])}" for name, held in named.items()]
        if placed or told:
            return ", ".join([*placed, *told])
    return ""


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)
