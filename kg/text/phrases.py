"""Turns of phrase that need no graph: counts, quotation marks, times, standings, what a lens leaves out."""

from __future__ import annotations

from functools import lru_cache

NOBODY = "no voice"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MARKS = {
    "de": "„“",
    "cs": "„“",
    "pl": "„”",
    "hu": "„”",
    "ro": "„”",
    "fr": "«»",
    "it": "«»",
    "es": "«»",
    "pt": "«»",
    "ru": "«»",
    "uk": "«»",
    "el": "«»",
    "sv": "””",
    "fi": "””",
    "ja": "「」",
    "zh-hant": "「」",
    "zh-tw": "「」",
}
SPOKE = {
    "asserts": "asserted",
    "alleges": "alleged",
    "announces": "announced",
    "questions": "questioned",
    "denies": "denied",
    "disputes": "disputed",
    "retracts": "retracted",
}
"""What a voice did by its stance: after its name the one form that goes with one and with several alike,
as a name (the heirs of Ann) does not tell which it is."""
WEAKER = {
    "Asserted": "alleged, announced or asked",
    "Alleged": "announced or asked",
    "Announced": "asked",
}
"""What voices do that are below the basis of a claim."""
# How a claim stands that nobody puts forward any more.
UNSUPPORTED = {
    "Denied": "{against}, not put forward in these documents",
    "Retracted": "those who put it forward took it back",
    "Corrected": "those who put it forward took it back",
    "Withdrawn": "no longer put forward or denied",
}


def count(number: int, noun: str) -> str:
    """``one voice``, ``12 voices``."""
    return f"{_word(number)} {noun}{'' if number == 1 else 's'}"


def _word(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def heads(voices: int) -> str:
    """How many voices, in words: ``no voice``, ``one voice``."""
    return count(voices, "voice") if voices else NOBODY


def one_side(voices: int, sides: int) -> str:
    """How many sides some voices are, where some of them speak for one another."""
    return f", {count(sides, 'side')}" if 0 < sides < voices else ""


def quoted(text: str, language: str = "") -> str:
    """Somebody's own words in the quotation marks of their language, English ones by default.

    >>> quoted("Nein.", "de"), quoted("No."), quoted("Non.", "fr-CA")
    ('„Nein.“', '“No.”', '«Non.»')
    """
    tag = language.casefold()
    marks = _MARKS.get(tag) or _MARKS.get(tag.partition("-")[0]) or "“”"
    return f"{marks[0]}{text}{marks[1]}"


def capital(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """A clause as a sentence begins: its article with a capital; a name that begins small stays so.

    >>> as_sentence("the ministry denies it"), as_sentence("eBay denies it")
    ('The ministry denies it', 'eBay denies it')
    """
    return capital(text) if text.startswith("the ") else text


def possessive(name: str) -> str:
    """``Mao Ning's``, ``Safeguard Defenders'``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def when(text: str, event: bool) -> str:
    """A time as printed: ``since 2016``, of an event ``in 2016``."""
    start, slash, end = text.partition("/")
    if text == "?":
        return "at a time said to be unknown"
    if not slash:
        return at(text) if event else f"since {day(text)}"
    if start and end:
        return f"some time from {day(start)} to {day(end)}"
    return f"by {day(end)} at the latest" if end else f"in {day(start)} or later"


def span(period: str, event: bool) -> str:
    """A period as printed: ``from 2016 to a time said to be unknown``; of one time as `when` has it."""
    start, _, end = period.partition(" – ")
    if not end:
        return when(start, event)
    if start == end:
        return at(start)
    begun = f"from {day(start)} " if start else ""
    return begun + {"?": "to a time said to be unknown", "..": "and still so"}.get(
        end, f"to {day(end)}"
    )


def at(text: str) -> str:
    """``on`` a day, ``in`` a month or a year."""
    return f"on {text}" if len(text) == 10 and "/" not in text else f"in {day(text)}"


def day(text: str) -> str:
    """A day, month or year as printed, with what is loose about it: ``about 2016``."""
    start, slash, end = text.partition("/")
    if slash:
        within = f"some time from {start} to {end}"
        return within if start and end else f"{start} or later" if start else f"{end} at the latest"
    return f"about {text[:-1]}" if text.endswith("~") else text


@lru_cache(maxsize=1000)
def standing(
    status: str,
    basis: str,
    voices: int,
    sides: int,
    documents: int,
    opposing: int,
    opposing_sides: int,
    firm: int,
) -> str:
    """How a claim stands, by its counts; `firm` are the voices that the basis rests on, where it rests on
    several at all. Most claims stand alike.

    >>> standing("Contested", "Asserted", 2, 2, 1, 1, 1, 0)
    'asserted by two voices in one document, contested (opposed by one voice)'
    >>> standing("Uncontested", "Alleged", 3, 2, 2, 0, 0, 2)
    'alleged by two voices; announced or asked by one more; two sides in all; in two documents, uncontested'
    """
    against = f"opposed by {count(opposing, 'voice')}{one_side(opposing, opposing_sides)}"
    if status in UNSUPPORTED:
        rest = f", {against}" if opposing and status != "Denied" else ""
        return f"{status.lower()}: {UNSUPPORTED[status].format(against=against)}{rest}"
    told = heads(voices)
    if 0 < firm < voices:
        # Voices that only allege must not swell the number of those that assert.
        told = f"{count(firm, 'voice')}; {WEAKER[basis]} by {_word(voices - firm)} more;"
        if side := one_side(voices, sides):
            told += f"{side[1:]} in all;"
    elif side := one_side(voices, sides):
        told += f"{side},"
    text = f"{basis.lower()} by {told} in {count(documents, 'document')}, {status.lower()}"
    return f"{text} ({against})" if opposing else text


def seen_through(lens: str) -> str:
    """What stands before or beside all that is told through a lens; `lens` in words, not empty."""
    return f"Seen through a choice of sources ({lens}): what it leaves out is not looked at."
