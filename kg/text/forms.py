"""Other forms of a name: its initials, its words written as one, how it is said of a country.

What a text prints is often not what a record is called: “NYT”, “Foxhunt”, “Prof. Daum”,
“Canadian government”. These forms are found beside the names themselves, and after them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "d",
        "da",
        "das",
        "de",
        "del",
        "der",
        "des",
        "di",
        "die",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "et",
        "for",
        "fur",
        "im",
        "in",
        "la",
        "las",
        "le",
        "les",
        "los",
    ]
) | frozenset(["of", "on", "et", "the", "to", "und", "van", "von", "y", "za", "zu", "zum", "zur"])
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "madam",
        "hon",
        "rev",
        "fr",
        "sr",
        "jr",
        "herr",
        "frau",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "senor",
        "senora",
        "sra",
        "srta",
        "signor",
        "signora",
        "dott",
        "ing",
        "dipl",
    ]
)
# The fewest words whose initials are a name, and the most.
_FEWEST, _MOST = 3, 6


def initials(name: str) -> list[str]:
    """The initials that a name of several words goes by, with and without its small words.

    Of a long name those of its last words too; what stands in brackets is no part of it, and
    a comma parts it in two.

    >>> initials("The New York Times"), initials("Voice of America")
    (['nyt'], ['voa'])
    >>> "psb" in initials("Fuzhou City Public Security Bureau")
    True
    """
    found: dict[str, None] = {}
    for words in _segments(name):
        large = [w for w in words if w not in SMALL]
        for row in (large, words if words[:1] and words[0] not in SMALL else words[1:]):
            for run in (row[-n:] for n in range(len(row), _FEWEST - 1, -1)):
                if len(run) <= _MOST and run[0] not in SMALL and run[-1] not in SMALL:
                    found["".join(w[0] for w in run)] = None
    return list(found)


def _segments(name: str) -> Iterator[list[str]]:
    from kg.text.names import folded

    outside = []
    depth = 0
    for c in name:
        depth += c in "(["
        outside.append(" " if depth else c)
        depth -= c in ")]" and depth > 0
    text = "".join(outside)
    for mark in ",:;–—/":
        text = text.replace(mark, "\n")
    for part in text.split("\n"):
        words = folded(part).split()
        # A title of many words has no initials that anybody says.
        if _FEWEST <= len(words) <= 8:
            yield words


def glued(folded: str) -> str:
    """The words of a folded name as one; nothing where it has one word, or many.

    >>> glued("fox hunt"), glued("fbi")
    ('foxhunt', '')
    """
    words = folded.split()
    return "".join(words) if 2 <= len(words) <= 4 else ""


def bare(text: str) -> str:
    """A name without the titles that go with any name, and without the ending of a possessive.

    >>> bare("Prof. Jeremy Daum"), bare("China’s foreign ministry"), bare("Dr")
    ('Jeremy Daum', 'China foreign ministry', 'Dr')
    >>> bare("Follow the Money (FTM)"), bare("Acme (Malta)")
    ('Follow the Money', 'Acme (Malta)')
    """
    words = []
    for word in _without_initials(text).split():
        for end in ("'s", "’s", "ʼs", "s’", "s'"):
            if len(word) > len(end) + 1 and word.rstrip(",.;").endswith(end):
                word = word.rstrip(",.;")[: -len(end)] + ("s" if end[0] == "s" else "")
                break
        words.append(word)
    kept = [w for w in words if w.strip(".,").casefold() not in TITLES]
    return " ".join(kept or words)


def _without_initials(text: str) -> str:
    """A name without its own initials in brackets after it."""
    import re

    match = re.fullmatch(r"(.+?)\s*\(([\w.]{2,9})\)\s*", text)
    if not match:
        return text
    words = [w for w in match[1].replace("-", " ").split() if w[0].isalnum()]
    mark = match[2].replace(".", "").casefold()
    for row in (words, [w for w in words if w.casefold() not in SMALL]):
        if "".join(w[0] for w in row).casefold().endswith(mark):
            return match[1]
    return text


def telling(folded: str) -> frozenset[str]:
    """The words of a folded text without the small ones.

    >>> sorted(telling("government of the netherlands"))
    ['government', 'netherlands']
    """
    return frozenset(folded.split()) - SMALL


def at_home(folded: str) -> list[str]:
    """A folded text with the name of the country in place of the word for what is of it.

    >>> at_home("irish government"), at_home("south korean police"), at_home("jeremy daum")
    (['ireland government'], ['south korea police', 'republic of korea police'], [])
    """
    words = folded.split()
    if len(words) < 2:
        return []
    table = _table()
    for i in range(len(words)):
        for n in (2, 1):
            phrase = " ".join(words[i : i + n])
            if len(phrase.split()) == n and phrase in table:
                return [" ".join((*words[:i], name, *words[i + n :])) for name in table[phrase]]
    return []


def of_countries() -> dict[str, list[str]]:
    """The names of each country by the word for what is of it.

    >>> of_countries()["irish"]
    ['ireland']
    """
    return {**_table()}


_countries: dict[str, list[str]] = {}


def _table() -> dict[str, list[str]]:
    if not _countries:
        for line in _OF_A_COUNTRY.split("\n"):
            adjectives, _, names = line.partition(": ")
            for adjective in adjectives.split(", "):
                _countries[adjective] = names.split(", ")
    return _countries


_OF_A_COUNTRY = """\
afghan: afghanistan
albanian: albania
algerian: algeria
american, u s, us: united states, usa, us, america
angolan: angola
argentine, argentinian: argentina
armenian: armenia
australian: australia
austrian: austria
azerbaijani, azeri: azerbaijan
bahraini: bahrain
bangladeshi: bangladesh
belarusian, belarusan: belarus
belgian: belgium
bolivian: bolivia
bosnian: bosnia and herzegovina, bosnia
brazilian: brazil
british, uk: united kingdom, uk, britain, great britain
bruneian: brunei
bulgarian: bulgaria
burmese: myanmar, burma
cambodian: cambodia
cameroonian: cameroon
canadian: canada
chilean: chile
chinese: china, people s republic of china
colombian: colombia
congolese: congo
costa rican: costa rica
croatian: croatia
cuban: cuba
cypriot: cyprus
czech: czech republic, czechia
danish: denmark
dominican: dominican republic
dutch: netherlands
ecuadorian, ecuadorean: ecuador
egyptian: egypt
emirati: united arab emirates
english: england
estonian: estonia
ethiopian: ethiopia
european: europe, european union
fijian: fiji
filipino, philippine: philippines
finnish: finland
french: france
gambian: gambia
georgian: georgia
german: germany
ghanaian: ghana
greek: greece
guatemalan: guatemala
haitian: haiti
honduran: honduras
hungarian: hungary
icelandic: iceland
indian: india
indonesian: indonesia
iranian: iran
iraqi: iraq
irish: ireland
israeli: israel
italian: italy
ivorian: ivory coast, cote d ivoire
jamaican: jamaica
japanese: japan
jordanian: jordan
kazakh, kazakhstani: kazakhstan
kenyan: kenya
kosovar: kosovo
kuwaiti: kuwait
kyrgyz: kyrgyzstan
lao, laotian: laos
latvian: latvia
lebanese: lebanon
basotho: lesotho
liberian: liberia
libyan: libya
lithuanian: lithuania
luxembourgish: luxembourg
macedonian: north macedonia
malagasy: madagascar
malaysian: malaysia
maldivian: maldives
malian: mali
maltese: malta
mexican: mexico
moldovan: moldova
mongolian: mongolia
montenegrin: montenegro
moroccan: morocco
mozambican: mozambique
namibian: namibia
nepalese, nepali: nepal
new zealand: new zealand
nicaraguan: nicaragua
nigerian: nigeria
north korean: north korea
norwegian: norway
omani: oman
pakistani: pakistan
palestinian: palestine
panamanian: panama
paraguayan: paraguay
peruvian: peru
polish: poland
portuguese: portugal
qatari: qatar
romanian: romania
russian: russia, russian federation
rwandan: rwanda
salvadoran: el salvador
saudi: saudi arabia
scottish: scotland
senegalese: senegal
serbian: serbia
singaporean: singapore
slovak: slovakia
slovene, slovenian: slovenia
somali: somalia
south african: south africa
south korean: south korea, republic of korea
spanish: spain
sri lankan: sri lanka
sudanese: sudan
swedish: sweden
swiss: switzerland
syrian: syria
taiwanese: taiwan
tajik: tajikistan
tanzanian: tanzania
thai: thailand
tunisian: tunisia
turkish: turkey, turkiye
turkmen: turkmenistan
ugandan: uganda
ukrainian: ukraine
uruguayan: uruguay
uzbek: uzbekistan
venezuelan: venezuela
vietnamese: vietnam
welsh: wales
yemeni: yemen
zambian: zambia
zimbabwean: zimbabwe"""
