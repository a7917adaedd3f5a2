"""What is of a country, and the country: “irish” is of Ireland.

The words are compared folded, as names are (`kg.text.names`).
"""

from __future__ import annotations


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
