"""The form of a company in its name: what is left of a name without it."""

from __future__ import annotations

# Words that say what kind of company it is, as folding leaves them; those of `_FIRST` also stand
# before a name.
_LAST = (
    "ab ag aps as asa bv bvba co company corp corporation cv doo dooel ead eg eood ev gbr gmbh ik inc "
    "incorporated jsc kft kg kgaa kk limited llc llp lp ltd ltda mbh nv nyrt oao oe oy oyj pao pjsc plc "
    "pte pty pvt private sa sab sae sal saoc sarl sas se sl slu snc spa spzoo srl sro sti tic ug zao zrt "
    "ооо оао зао пао ао ип тов зат ват"
)
_FIRST = "ооо оао зао пао ао ип тов зат ват ooo oao zao pao pjsc pt cv sia uab as ik ip tov"
_WORDS = frozenset(f"{_LAST} {_FIRST}".split())
_BEFORE = frozenset(_FIRST.split())
# Forms that are written out; longer ones first.
_PHRASES = (
    "общество с ограниченной ответственностью",
    "открытое акционерное общество",
    "закрытое акционерное общество",
    "публичное акционерное общество",
    "акционерное общество",
    "товариство з обмеженою відповідальністю",
    "gesellschaft mit beschrankter haftung",
    "limited liability company",
    "limited liability partnership",
    "public limited company",
    "private limited company",
    "public joint stock company",
    "joint stock company",
    "sociedad anonima",
    "sociedade anonima",
    "societe anonyme",
    "societa per azioni",
    "societa a responsabilita limitata",
    "aktiengesellschaft",
    "anonim sirketi",
    "naamloze vennootschap",
    "besloten vennootschap",
)
# Signs that stand at the end or the beginning of a name without a space.
_JOINED = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "주식회사",
)


def bare(folded: str) -> str:
    """A folded name without the form of a company at its ends; of nothing else nothing is left out.

    >>> bare("oceanic trading co ltd"), bare("ооо ромашка"), bare("华为技术有限公司"), bare("ltd")
    ('oceanic trading', 'ромашка', '华为技术', 'ltd')
    >>> bare("construcciones s a"), bare("trading gmbh co kg"), bare("plan b")
    ('construcciones', 'trading', 'plan b')
    """
    found = folded
    if not folded.isascii() or len(folded) > 24:
        for phrase in _PHRASES:
            found = f" {found} ".replace(f" {phrase} ", " ").strip() or found
    for sign in () if found.isascii() else _JOINED:
        if len(found) > len(sign) and (found.startswith(sign) or found.endswith(sign)):
            found = found.removesuffix(sign).removeprefix(sign).strip() or found
    return " ".join(_without(found.split()))


def is_form(word: str) -> bool:
    """Whether a folded word is the form of a company."""
    return word in _WORDS


def _without(words: list[str]) -> list[str]:
    # “S.A.” comes in parts.
    parts = 0
    while parts < len(words) and len(words[-1 - parts]) == 1:
        parts += 1
    if 2 <= parts <= 5 and "".join(words[-parts:]) in _WORDS and parts < len(words):
        words[-parts:] = ["".join(words[-parts:])]
    while len(words) > 1 and (words[-1] in _WORDS or (len(words) > 2 and words[-1] == "and")):
        words.pop()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    return words
