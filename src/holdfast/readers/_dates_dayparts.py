"""Day parts: the words beside a clock of twelve hours, in every language we know a spelling for.

A day part is a range of hours, `(from, until)`; a range may pass midnight. The hour is the one of `h` and `h + 12` that lies
in the range: that reads `00:08 a. m.`, `12:08 a. m.` and `午後0:08` alike. Source: the day periods of Unicode CLDR 45 and later
(format, abbreviated and wide) and spellings seen in chat exports. Dots, spaces and case never matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

AM, PM = (0, 12), (12, 24)
ALL_DAY = (0, 24)
Hours = tuple[int, int]

# One row per family: words that one phone prints in turn. A line of a file may change the word, not the family.
_TWO = """
a.m. p.m.|ص م|قبل_دوپہر بعد_دوپہر|לפנה״צ אחה״צ|לפנה"צ אחה"צ|לפנהצ אחהצ|म.पू. म.उ.|पू अ|ಪೂರ್ವಾಹ್ನ ಅಪರಾಹ್ನ|ఉద సాయం|മു വൈ
ਪੂ.ਦੁ. ਬਾ.ਦੁ.|પૂર્વાહ્ન અપરાહ્ન|পূর্বাহ্ণ অপরাহ্ণ|পূৰ্বাহ্ন অপৰাহ্ন|ପୂର୍ବାହ୍ନ ଅପରାହ୍ନ|පෙ.ව. ප.ව.|ก่อนเที่ยง หลังเที่ยง
ກ່ອນທ່ຽງ ຫຼັງທ່ຽງ|ព្រឹក ល្ងាច|နံနက် ညနေ|PG PTG|π.μ. μ.μ.|προ_μεσημβρίας μετά_μεσημβρίας|de. du.|f.m. e.m.|ap. ip.
vm. nm.|f.h. e.h.|r.n. i.n.|y.b. y.h.|PD MD|e_paradites e_pasdites|paradite pasdite|пр.об. сл.об.|priekšp. pēcp.
priekšpusdienā pēcpusdienā|priešpiet popiet|ү.ө. ү.х.|түске_дейін түстен_кейін|TO TK|դիլ. գիշ.
կեսօրից_առաջ կեսօրից_հետո|vorm. nachm.|претпладне попладне|претпл. попл.|таңкы түштөн_кийинки|ب.ن د.ن|غ.م. غ.و.
چ.ب چ.ك|GH GD|WD WB|BN PN|АМ ПМ|SF YM|Isuk Wengi|N’ụtụtụ N’abalị|Àárọ̀ Ọ̀sán|ЭИ ЭК|פֿאַרמיטאָג נאָכמיטאָג|go.öň go.soň
dopołdnja popołdnju|Safiya Yamma|ቅ.ቀ. ድ.ቀ.
"""
_MANY: tuple[dict[str, Hours], ...] = (
    {"凌晨": (0, 6), "清晨": (4, 9), "早上": (4, 11), "早晨": (4, 11), "上午": AM, "中午": (11, 15), "下午": PM,
     "傍晚": (16, 20), "晚上": (17, 24), "夜晚": (17, 24), "深夜": (22, 3), "半夜": (22, 6), "午夜": (22, 3)},
    {"오전": AM, "오후": PM, "새벽": (0, 6), "아침": (5, 11), "낮": (11, 16), "저녁": (17, 23), "밤": (19, 6)},
    {"午前": AM, "午後": PM, "正午": (12, 13), "朝": (4, 12), "昼": (11, 17), "夕方": (15, 20), "夜": (17, 6),
     "夜中": (22, 5)},
    {"de_la_madrugada": (0, 7), "de_la_mañana": (4, 13), "del_mediodía": (12, 14),
     "de_la_tarde": (12, 21), "de_la_noche": (18, 3)},
    {"da_madrugada": (0, 7), "da_manhã": (4, 13), "do_meio-dia": (12, 14), "da_tarde": (12, 20), "da_noite": (18, 3)},
    {"du_matin": (0, 12), "de_l’après-midi": PM, "de_l'après-midi": PM, "du_soir": (17, 24), "de_la_nuit": (22, 6),
     "midi": (12, 13)},
    {"فجرًا": (0, 6), "فجرا": (0, 6), "صباحًا": (3, 12), "صباحا": (3, 12), "ظهرًا": (11, 15), "ظهرا": (11, 15),
     "قبل_الظهر": AM, "بعد_الظهر": PM, "عصرًا": (14, 19), "مساءً": (12, 24), "مساء": (12, 24), "ليلاً": (18, 5), "ليلا": (18, 5),
     "منتصف_الليل": (0, 1)},
    {"रात": (19, 5), "सुबह": (3, 12), "दोपहर": (11, 17), "शाम": (15, 21), "पूर्वाह्न": AM, "अपराह्न": PM},
    {"पहाटे": (2, 7), "सकाळी": (4, 12), "सकाळ": (4, 12), "दुपारी": (11, 17), "दुपार": (11, 17), "संध्याकाळी": (15, 21),
     "संध्याकाळ": (15, 21), "सायंकाळी": (15, 21), "रात्री": (19, 5), "रात्र": (19, 5)},
    {"बिहान": (3, 12), "मध्यान्ह": (11, 14), "अपरान्ह": PM, "बेलुका": (16, 21), "साँझ": (15, 21), "राति": (18, 6)},
    {"ভোর": (2, 7), "সকাল": (4, 12), "দুপুর": (11, 17), "বিকাল": (14, 19), "বিকেল": (14, 19), "সন্ধ্যা": (16, 21),
     "রাত": (18, 6)},
    {"அதிகாலை": (2, 6), "காலை": (4, 12), "மதியம்": (11, 15), "பிற்பகல்": PM, "முற்பகல்": AM, "மாலை": (15, 21),
     "அந்தி_மாலை": (17, 21), "இரவு": (18, 6)},
    {"తెల్లవారుజామున": (2, 7), "ఉదయం": (4, 12), "మధ్యాహ్నం": (11, 19), "సాయంత్రం": (15, 22), "రాత్రి": (18, 6)},
    {"സ": AM, "പുലർച്ചെ": (2, 7), "രാവിലെ": (4, 12), "ഉച്ചയ്ക്ക്": (11, 15), "ഉച്ചകഴിഞ്ഞ്": (12, 18),
     "വൈകുന്നേരം": (15, 21), "രാത്രി": (18, 6)},
    {"સવારે": (3, 12), "બપોરે": (11, 17), "સાંજે": (15, 21), "રાત્રે": (18, 6)},
    {"ਸਵੇਰੇ": (3, 12), "ਦੁਪਹਿਰ": (11, 17), "ਸ਼ਾਮ": (15, 22), "ਰਾਤ": (18, 6)},
    {"صبح": (0, 12), "دوپہر": (11, 17), "شام": (15, 21), "رات": (18, 6), "بامداد": (0, 6), "ظهر": (11, 15),
     "عصر": (13, 20), "شب": (17, 4), "ق.ظ.": AM, "ب.ظ.": PM},
    {"SA": AM, "CH": PM, "sáng": (0, 12), "trưa": (10, 15), "chiều": (12, 19), "tối": (17, 24), "đêm": (20, 5)},
    {"ตอนเช้า": (4, 12), "ในตอนเช้า": (4, 12), "ช่วงเที่ยง": (11, 14), "บ่าย": (12, 18), "ในตอนบ่าย": (12, 18),
     "เย็น": (16, 21), "ในตอนเย็น": (16, 21), "ค่ำ": (17, 23), "กลางคืน": (20, 7)},
    {"pagi": (0, 12), "siang": (9, 16), "sore": (14, 20), "petang": (12, 20), "malam": (17, 24),
     "tengah_hari": (11, 15), "tengah_malam": (0, 2)},
    {"ng_umaga": (0, 12), "ng_tanghali": (11, 15), "ng_hapon": (12, 19), "ng_gabi": (17, 24)},
    {"rano": (4, 12), "w_nocy": (20, 7), "przed_południem": (8, 12), "w_południe": (12, 13), "po_południu": (12, 19),
     "wieczorem": (17, 24)},
    {"ночи": (0, 5), "утра": (3, 12), "дня": (11, 18), "вечера": (16, 24), "ночі": (0, 5), "ранку": (3, 12),
     "вечора": (16, 24), "дп": AM, "пп": PM},
    {"dop.": AM, "odp.": PM, "pop.": PM},
    {"prije_podne": AM, "pre_podne": AM, "po_podne": PM, "poslije_podne": PM, "posle_podne": PM},
    {"прије_подне": AM, "пре_подне": AM, "по_подне": PM, "послије_подне": PM, "после_подне": PM},
    {"قبل_از_ظهر": AM, "بعد_از_ظهر": PM},
    {"ТД": AM, "тң": AM, "ТО": AM, "ТК": PM},
    {"ጥዋት": AM, "ጠዋት": AM, "ከሰዓት": PM},
    {"gece": (19, 7), "sabah": (4, 12), "öğleden_önce": (8, 12), "öğle": (11, 14), "öğleden_sonra": (12, 19),
     "akşamüstü": (16, 20), "akşam": (16, 22), "ÖÖ": AM, "ÖS": PM},
    {"di_notte": (0, 6), "di_mattina": (4, 12), "del_mattino": (0, 12), "del_pomeriggio": (12, 19),
     "di_sera": (17, 24)},
    {"nachts": (0, 6), "morgens": (4, 11), "vormittags": (8, 12), "mittags": (11, 14), "nachmittags": (12, 19),
     "abends": (17, 24)},
    {"’s_nachts": (0, 7), "’s_ochtends": (4, 12), "’s_middags": (12, 18), "’s_avonds": (17, 24)},
    {"πριν_το_μεσημέρι": AM, "μετά_το_μεσημέρι": PM, "το_πρωί": (3, 12), "το_μεσημέρι": (11, 17),
     "το_απόγευμα": (15, 21), "το_βράδυ": (18, 5)},
)  # fmt: skip

# Words for the hour itself: they stand where a day part stands and say nothing about the half of the day.
_NEUTRAL = ("ч.", "Uhr", "hrs", "hod.", "ч", "น.", "uur", "klo")


def _rows() -> tuple[dict[str, Hours], ...]:
    pairs = [pair for line in _TWO.split("\n") for pair in line.split("|") if " " in pair]
    two = [dict(zip(pair.split(" "), (AM, PM), strict=True)) for pair in pairs]
    return (*two[:1], *_MANY, *two[1:], dict.fromkeys(_NEUTRAL, ALL_DAY))


_IGNORED = dict.fromkeys(map(ord, " ._\u00a0\u202f\u2009\u200b\u200c\u200e\u200f"))


def key_of(word: str) -> str:
    """The word without what varies between phones: dots, spaces, case, marks."""
    return unicodedata.normalize("NFKC", word).translate(_IGNORED).casefold()


FAMILIES: tuple[dict[str, Hours], ...] = tuple({key_of(word): hours for word, hours in row.items()} for row in _rows())


UNKNOWN = -1  # family of a word that stands where day parts stand, in a language we do not know
_COULD_BE_DAYPART = re.compile(r"(?![A-Z]{1,5}\Z)[^\W\d_][^\d\[\](){}<>|=:;,،/\-–\n]{0,15}")  # UTC, INFO: no day parts


@lru_cache(maxsize=4096)
def family_of(word: str) -> int | None:
    """Number of the family a word belongs to, UNKNOWN if it could be a day part, None if it cannot."""
    wanted = key_of(word)
    known = next((number for number, family in enumerate(FAMILIES) if wanted in family), None)
    return UNKNOWN if known is None and _COULD_BE_DAYPART.fullmatch(word) else known


@cache
def family_pattern(number: int) -> str:
    """Pattern of every spelling of a family, longest first, with any space and any case."""
    if number == UNKNOWN:
        return _COULD_BE_DAYPART.pattern.replace(r"\Z", r"\b") + "?"
    words = sorted(_rows()[number], key=len, reverse=True)
    return "(?:" + "|".join("".join(map(_loose, word)) for word in words) + ")"


def _loose(character: str) -> str:
    if character == ".":
        return r"\.?[ \u00a0\u202f\u2009]?"
    if character == "_":
        return r"[ \u00a0\u202f\u2009\u200c]?"
    if character.lower() != character.upper() and len(character.lower()) == len(character.upper()) == 1:
        return f"[{character.lower()}{character.upper()}]"
    return re.escape(character)


def hour_of(hour: int, word: str, family: int | None) -> int | None:
    """The hour of the day (0-23), or None where hour and day part cannot both be true."""
    if not word or family is None:
        return hour if hour < 24 else None
    if family == UNKNOWN:
        return hour if 12 < hour < 24 else None
    hours = FAMILIES[family].get(key_of(word))
    if hours is None or hour > 23:
        return None
    if hours == ALL_DAY or hour > 12:
        return hour
    start, end = hours
    either = (hour % 12, hour % 12 + 12)
    fits = [h for h in either if (start <= h < end if start < end else h >= start or h < end)]
    return fits[0] if len(fits) == 1 else None
