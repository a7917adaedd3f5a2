"""Names in every script: what is one name to its readers, and what is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import search
from kg.case.folder import find
from kg.model.errors import Ambiguous, NotFound
from kg.store.build import build
from kg.text.names import exact, folded

# Script or language: names that find each other, and names that do not.
ALIKE = """\
French: Zoé Lefèvre = Zoe Lefevre = ZOÉ LEFÈVRE
German: Straße = Strasse = STRASSE = ﬆrasse
Danish: Søren Kjær = Soren Kjaer
Icelandic: Þórður Guðnason = Thordur Gudnason
Polish: Łódź = Lodz
Croatian: Đorđe = Dorde
Turkish: İstanbul = Istanbul = istanbul = ıstanbul
Vietnamese: Nguyễn Thị Đào = Nguyen Thi Dao
Maltese: Ħamrun = Hamrun
Hausa: Ɓagwai Ƙano = Bagwai Kano
Hawaiian: Hawaiʻi = Hawai'i = Hawai’i
Uzbek: Oʻzbekiston = O'zbekiston = O‘zbekiston
Latin ligatures: ﬁnance œuvre = finance oeuvre
Full width: Ｏｖｅｒｓｅａｓ　１１０ = overseas 110
Greek: Οδυσσεύς = ΟΔΥΣΣΕΥΣ = οδυσσευσ = Ὀδυσσεύς
Russian: Королёв = Королев = КОРОЛЕВ = Королёв́
Ukrainian: Лук’янов = Лук'янов = Лукʼянов
Armenian: Եւա = ԵՒԱ = ևա
Georgian: თბილისი = ᲗᲑᲘᲚᲘᲡᲘ
Hebrew: שָׁלוֹם = שלום = שׁלום
Yiddish: ייִדיש = ײִדיש = יידיש
Arabic: أحمد = احمد = أَحْمَد = ٱحمد = أحـــمد = ﺃﺣﻤﺪ
Arabic ta marbuta: فاطمة = فاطمه
Arabic alef maqsura: على = علي
Persian: کریمی = كريمي = کریمى
Persian joiner: علی‌رضا = علیرضا
Persian digits: ایستگاه ۱۲ = ايستگاه ١٢ = ایستگاه 12
Urdu: ہمایوں = همایوں
Syriac: ܫܠܳܡܳܐ = ܫܠܡܐ
Hindi: हिन्दी = हिन्‍दी
Hindi nukta: क़लम = क़लम
Hindi digits: थाना ११० = थाना 110
Bengali: কোরআন = কোরআন
Malayalam: അവൻ = അവന്‍
Sinhala: ශ්‍රී = ශ්රී
Thai: น้ำ = นํ้า = น้ํา
Lao: ນ້ຳ = ນໍ້າ
Khmer: ភាសាខ្មែរ = ភាសា​ខ្មែរ
Tibetan: བོད་ཡིག = བོད་ཡིག་
Amharic: አዲስ፡አበባ = አዲስ አበባ
Mongolian: ᠮᠣᠩᠭᠣᠯ = ᠮᠣᠩ᠋ᠭᠣᠯ
Korean: 각하 = 각하
Japanese half width: ｶﾞﾝﾀﾞﾑ = ガンダム
Japanese middle dot: ジョン・スミス = ジョン スミス
Chinese: 盧建旺 = 卢建旺
Chinese traditional: 臺灣 = 台湾
Chinese compatibility: 樂 = 樂 = 乐
Chinese chains: 薴 = 苧 = 苎
Invisible: Lu⁠ Jian­wang = Lu Jianwang
"""
APART = """\
Russian: Андрей ≠ Андреи
Ukrainian: Київ ≠ Киив
Belarusian: Быкаў ≠ Быкау
Macedonian: ќ ≠ к
Latin and Cyrillic: Ева ≠ Eba
Urdu: بھائی ≠ بہائی
Urdu yeh: لڑکی ≠ لڑکے
Arabic hamza: سؤال ≠ سوال
Kurdish: کە ≠ کە‌ه
Hindi: राम ≠ रूम ≠ रम ≠ रोम ≠ रीम
Hindi virama: कमल ≠ कम्ल
Hindi anusvara: बस ≠ बंस
Bengali: মিতা ≠ মাতা ≠ মতা
Bengali ya-phala: র‍্যাব ≠ র্যাব
Gurmukhi: ਸਿੰਘ ≠ ਸੰਘ
Gujarati: મોદી ≠ મેદી
Odia: ରାମ ≠ ରୀମ
Tamil: கோ ≠ கொ ≠ கு
Telugu: రాము ≠ రామ
Kannada: ರಾಮ ≠ ರೀಮ
Malayalam: അവൻ ≠ അവന
Sinhala: රාම ≠ රැම
Thai: ดู ≠ ดี ≠ ด
Thai tones: ขาว ≠ ข้าว
Lao: ດີ ≠ ດູ
Burmese: မိုး ≠ မူး ≠ မး
Khmer: ពូ ≠ ពី
Tibetan: བོད ≠ བུད
Thaana: ދިވެހި ≠ ދވހ
Amharic: በለ ≠ ቡሉ
Korean: 김 ≠ 감
Japanese kana: はな ≠ ハナ
Japanese voicing: かき ≠ がき ≠ かぎ
Japanese length: ビル ≠ ビール
Chinese: 陆建旺 ≠ 陆建王
Symbols: ! ≠ ?
"""


def pairs(table, sign):
    for line in table.splitlines():
        script, _, names = line.partition(": ")
        first, *others = names.split(f" {sign} ")
        yield from (pytest.param(first, o, id=f"{script} {i}") for i, o in enumerate(others))


@pytest.mark.parametrize(("one", "other"), list(pairs(ALIKE, "=")))
def test_names_that_readers_take_for_one_fold_to_one(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), list(pairs(APART, "≠")))
def test_names_that_readers_tell_apart_stay_apart(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lu Jianwang", "LU JIANWANG", True),
        ("Fiskesjö", "FISKESJO\u0308", True),
        ("Οδυσσεύς", "ΟΔΥΣΣΕΎΣ", True),
        ("각하", unicodedata.normalize("NFD", "각하"), True),
        ("Fiskesjö", "Fiskesjo", False),
        ("Straße", "STRASSE", False),
        ("Lu-Jianwang", "Lu Jianwang", False),
        ("盧建旺", "卢建旺", False),
        ("Istanbul", "İstanbul", False),
        ("Ispir", "ıspir", False),
        ("أحمد", "احمد", False),
        ("ｋｇ", "kg", False),
        ("Lu\u200bJianwang", "LuJianwang", False),
    ],
)
def test_only_letter_case_and_letters_in_parts_are_exact(one, other, same):
    assert (exact(one) == exact(other)) is same


ANY = st.text(st.characters(exclude_categories=[]))


@given(ANY)
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
    assert exact(exact(text)) == exact(text)


@given(ANY)
def test_letters_whole_or_in_parts_are_exact(text):
    whole, parts = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert exact(whole) == exact(parts)
    assert folded(whole) == folded(parts)


@given(ANY)
def test_what_is_exactly_alike_folds_alike(text):
    assert folded(exact(text)) == folded(text)


VOWELS = {
    "Devanagari": ("क", "ािीुूेैोौ"),
    "Bengali": ("ক", "ািীুূেো"),
    "Gurmukhi": ("ਕ", "ਾਿੀੁੂੇੋ"),
    "Tamil": ("க", "ாிீுூேோ"),
    "Telugu": ("క", "ాిీుూేో"),
    "Thai": ("ก", "ะัิีึืุู"),
    "Burmese": ("က", "ာါိီုူေဲ"),
    "Khmer": ("ក", "ាិីឹឺុូ"),
    "Tibetan": ("ཀ", "ིེོུ"),
    "Thaana": ("ކ", "ަާިީުޫ"),
}


@pytest.mark.parametrize("script", VOWELS)
def test_other_vowels_make_other_names(script):
    letter, vowels = VOWELS[script]
    forms = {folded(letter + v + letter) for v in ("", *vowels)}
    assert len(forms) == len(vowels) + 1


# ---------------------------------------------------------------- in a built graph

PEOPLE = """\
id,name
p1,राम
p2,ดี
p3,মিতা
p4,Müller
p5,Muller
p6,أحمد
p7,盧建旺
p8,احمَد
"""


@pytest.fixture(scope="module")
def graph(make_case):
    people = PEOPLE + "person-lu,Lu Jianwang\n"
    return build(find(make_case(people=people)))[0]


@pytest.mark.parametrize("name", ["रूम", "ดู", "মাতা", "रम"])
def test_a_name_with_other_vowels_is_nobody(graph, name):
    with pytest.raises(NotFound):
        graph.find(name)
    assert {r.match for r in search.find(graph, name)} <= {"near"}


def test_of_names_that_fold_alike_the_exact_one_is_meant_and_no_other_is_guessed(graph):
    assert (graph.find("Müller"), graph.find("MULLER")) == ("p4", "p5")
    with pytest.raises(Ambiguous) as told:
        graph.find("Mùller")
    assert told.value.matches == (("p4", "Müller"), ("p5", "Muller"))
    assert graph.find("أحمد") == "p6"
    with pytest.raises(Ambiguous):
        graph.find("احمد")


def test_a_match_is_called_exact_only_where_it_is(graph):
    rows = search.find(graph, "Müller")
    assert [(r.id, r.match) for r in rows] == [("p4", "exact"), ("p5", "folded")]
    # The second is called so as the first is read.
    read = ("person-lu", "form")
    assert [(r.id, r.match) for r in search.find(graph, "卢建旺")] == [("p7", "folded"), read]
    assert [(r.id, r.match) for r in search.find(graph, "盧建旺")] == [("p7", "exact"), read]
    assert next((r.id, r.match) for r in search.find(graph, "lu-jianwang")) == (
        "person-lu",
        "folded",
    )
