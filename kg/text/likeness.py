"""In what way two names are alike: the same, by another order, script or spelling, by initials.

A likeness is a reason to look, never a decision. What is compared are the words of a name
without the form of a company, in Latin letters; how alike two words are spelt is measured by
rapidfuzz (`kg[import]`). Without it spellings are compared by their consonants alone, and slips
are not found.
"""

from __future__ import annotations

from kg.model.record import Record
from kg.text.companies import bare
from kg.text.latin import latin
from kg.text.names import folded
from kg.text.words import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SAME, FORM, SCRIPT, ORDER, INITIALS, NEAR, SOUND, PART, ACRONYM = (
    *("same", "form", "script", "order", "initials", "near", "sound", "part", "acronym"),
)
KINDS = (SAME, FORM, SCRIPT, ORDER, INITIALS, NEAR, SOUND, PART, ACRONYM)
WORDS = {
    SAME: "one name",
    FORM: "one name but for the form of the company",
    SCRIPT: "one name in two scripts",
    ORDER: "the same words in another order",
    INITIALS: "one name, the other with initials",
    NEAR: "names spelt alike",
    SOUND: "names that sound alike",
    PART: "all words of one name in the other",
    ACRONYM: "one name may be the initials of the other",
}
# Two words of a name are spelt alike from here on, of four letters and more.
_ALIKE, _SHORT = 0.75, 4
_SMALL = frozenset(
    (
        *("al", "and", "bin", "da", "de", "del", "der", "di", "du", "el", "en", "for", "la"),
        *("le", "of", "on", "the", "und", "van", "von"),
    )
)


class Name(Record):
    """A name in the forms in which it is compared.

    `words` are its words in Latin letters without the form of a company, `key` the same in
    order of the alphabet, `sounds` their consonants as they stand and in order of the alphabet;
    `script` is empty for Latin letters.
    """

    text: str
    folded: str
    bare: str
    words: tuple[str, ...]
    key: str
    sounds: tuple[str, ...]
    script: str


def named(text: str) -> Name:
    """A name to be compared."""
    whole = folded(text)
    core = bare(whole)
    words = tuple(joined(_plain(core)).split())
    script = "" if core.isascii() else _script(core)
    sounds = tuple(dict.fromkeys((_sound(words), _sound(tuple(sorted(words))))))
    return Name(text, whole, core, words, " ".join(sorted(words)), sounds, script)


def _plain(text: str) -> str:
    spelt = latin(text)
    return spelt if spelt.isalnum() else "".join(c if c.isalnum() else " " for c in spelt)


def _script(text: str) -> str:
    """The script of the first letter that is not Latin, as Unicode's names begin."""
    from unicodedata import name

    letters = (name(c, "").partition(" ")[0] for c in text if c.isalpha() and not c.isascii())
    return next((s for s in letters if s not in ("LATIN", "")), "")


# What is written in several ways when names are spelt in another script.
_ALSO = (
    *(("sch", "s"), ("tch", "c"), ("sh", "s"), ("zh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "k")),
    *(("ph", "f"), ("th", "t"), ("ts", "c"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("w", "v")),
    *(("z", "s"), ("g", "k"), ("b", "p")),
)
_VOWELS = str.maketrans("", "", "aeiouyhj")


def _sound(words: tuple[str, ...]) -> str:
    """The consonants of a name, as one run: vowels and doublings differ from spelling to spelling."""
    text = "".join(words)
    for written, plain in _ALSO:
        text = text.replace(written, plain)
    kept = text.translate(_VOWELS)
    return "".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1])


def keys(name: Name) -> Iterator[str]:
    """What two names have in common, one of these, if they are worth a comparison.

    The first is shared by names that are the same but for order and form.
    """
    words = name.words
    if not words:
        yield f"={name.folded}"
        return
    yield f"={name.key}"
    yield from (f"~{sound}" for sound in name.sounds if len(sound) > 2)
    if name.script and len(words) > 1:
        # A Chinese name has the surname first, and in Latin letters often last.
        yield f"={''.join(words)}"
        yield f"={' '.join(sorted((words[0], ''.join(words[1:]))))}"
    elif len(words) == 2:
        yield f"={''.join(words)}"
    if len(words) == 1:
        word = words[0]
        if len(word) > _SHORT:
            yield from (f"-{word[:i]}{word[i + 1 :]}" for i in range(len(word)))
            yield f"-{word}"
        if 3 <= len(word) <= 6:
            yield f"@{word}"
        return
    telling = [w for w in words if w not in _SMALL][:6]
    if len(telling) >= 3:
        yield f"@{''.join(w[0] for w in telling)}"
    for i, word in enumerate(telling):
        if len(word) > 2:
            yield from (f"{word}/{w[0]}" for j, w in enumerate(telling) if i != j)


def measured() -> bool:
    """Whether there is a measure of how alike words are spelt."""
    try:
        import rapidfuzz  # noqa: F401
    except ImportError:
        return False
    return True


class Likeness(Record):
    """In what way two names are alike, how much (to 1), and which words they share."""

    kind: str
    degree: float
    words: tuple[str, ...]


def alike(one: Name, other: Name) -> Likeness | None:
    """In what way two names are alike, the strongest one; None if in none.

    Names with other numbers in them are not alike: “Fund II 2019” is not “Fund II 2020”.
    """
    if one.folded == other.folded:
        return Likeness(SAME, 1.0, one.words)
    # In one order whichever is named first, so that the answer is the same.
    one, other = sorted((one, other), key=lambda name: (name.words, name.folded))
    ours, theirs = one.words, other.words
    if not ours or not theirs:
        return None
    if one.bare == other.bare:
        return Likeness(FORM, 1.0, ours)
    if one.script != other.script:
        return _across(one, other)
    if ours == theirs:
        return Likeness(SAME, 1.0, ours)
    if _numbers(ours) != _numbers(theirs):
        return None
    if one.key == other.key:
        return Likeness(ORDER, 1.0, ours)
    if "".join(ours) == "".join(theirs):
        return Likeness(NEAR, 1.0, ours)
    return _in_part(one, other)


def _across(one: Name, other: Name) -> Likeness | None:
    """Two names in two scripts: the same letters when one is spelt out, or the same consonants."""
    if "".join(one.words) in {"".join(other.words), "".join((*other.words[1:], *other.words[:1]))}:
        return Likeness(SCRIPT, 1.0, one.words)
    if one.key == other.key:
        return Likeness(SCRIPT, 1.0, one.words)
    if _heard(one, other):
        return Likeness(SCRIPT, 0.7, one.words)
    return _spelt(one, other)


def _heard(one: Name, other: Name) -> bool:
    return any(len(s) > 2 and s in other.sounds for s in one.sounds)


def _in_part(one: Name, other: Name) -> Likeness | None:
    ours, theirs = one.words, other.words
    if found := _initials(ours, theirs) or _spelt(one, other):
        return found
    if _sound_alike(ours, theirs):
        return Likeness(SOUND, 0.7, ours)
    few, many = sorted((ours, theirs), key=len)
    shared = tuple(w for w in few if w in many and w not in _SMALL)
    if len(shared) > 1 and {*few} <= {*many}:
        return Likeness(PART, len(few) / len(many), shared)
    telling = [w for w in many if w not in _SMALL]
    if len(few) == 1 and len(telling) > 2 and few[0] == "".join(w[0] for w in telling):
        return Likeness(ACRONYM, 1.0, few)
    return None


def _sound_alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether each word that only one name has sounds like one of the other."""
    differ = ([w for w in ours if w not in theirs], [w for w in theirs if w not in ours])
    sounds = [sorted(_sound((w,)) for w in words) for words in differ]
    return bool(sounds[0]) and sounds[0] == sounds[1] and min(map(len, sounds[0])) > 2


def _initials(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Likeness | None:
    """Names whose words are one by one the same or the first letters; at least one is the same.

    A middle name may be left out, the surname stand first or last.
    """
    for a in _opened(ours, theirs):
        for b in _opened(theirs, ours):
            if 1 not in map(len, (*a, *b)):
                continue
            # Turned in either of the two: whichever is named first, the answer is the same.
            for still, turned in ((a, b), (b, a)):
                for way in (turned, turned[-1:] + turned[:-1], turned[1:] + turned[:1]):
                    if found := _one_by_one(still, way):
                        return found
    return None


def _one_by_one(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness | None:
    few, many = sorted((a, b), key=len)
    if len(few) != len(many):
        # “John Smith” and “John R. Smith”.
        if len(few) < 2 or len(many) - len(few) > 1 or len(many[1]) > 1:
            return None
        many = (many[0], *many[2:])
    pairs = [*zip(few, many, strict=True)]
    same = tuple(x for x, y in pairs if x == y and len(x) > 1)
    short = [(x, y) for x, y in pairs if x != y]
    if same and all(1 in (len(x), len(y)) and x[0] == y[0] for x, y in short):
        return Likeness(INITIALS, max(0.75, len(same) / len(pairs)) if short else 0.9, same)
    return None


def _opened(words: tuple[str, ...], other: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and with what may be initials written as one (“jr smith”) apart."""
    yield words
    if any(len(w) in (2, 3) and w not in other for w in words):
        opened = ((*w,) if len(w) in (2, 3) and w not in other else (w,) for w in words)
        yield tuple(c for part in opened for c in part)


def _spelt(one: Name, other: Name) -> Likeness | None:
    """Names in which every word has one in the other that is spelt alike; the worst one tells."""
    if len(one.words) != len(other.words):
        return None
    shared = [w for w in one.words if w in other.words]
    ours = [w for w in one.words if w not in shared]
    theirs = [w for w in other.words if w not in shared]
    if not ours or len(ours) != len(theirs) or len(ours) > 3:
        return None
    try:
        from rapidfuzz.distance.OSA import normalized_similarity
    except ImportError:
        return None
    worst = 1.0
    for word in ours:
        if len(word) < _SHORT:
            return None
        degree, best = max((normalized_similarity(word, w), w) for w in theirs)
        if degree < _ALIKE or len(best) < _SHORT:
            return None
        theirs.remove(best)
        worst = min(worst, degree)
    kind = SCRIPT if one.script != other.script else NEAR
    return Likeness(kind, worst, tuple(shared) or one.words)


def _numbers(words: tuple[str, ...]) -> list[str]:
    """The numbers in a name, Roman ones too."""
    return sorted(w for w in words if any(c.isdigit() for c in w) or w in _ROMAN)


_ROMAN = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"))
