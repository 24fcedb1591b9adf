"""Amounts of money as they are said: 500, $1,000.50, 1.000,50 €, 2k, 5 lakh, five hundred dollars, 五千块, 两万, 0.05 BTC."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from holdfast.assessment.lexicon import Language
from holdfast.assessment.matcher import Pattern, compiled

_NUMBER = "[0-9]{1,3}(?:[ '][0-9]{3}){1,4}(?:[.,][0-9]{1,2})?|[0-9][0-9.,]{0,16}[0-9]|[0-9]"
_COINS = frozenset({"BTC", "ETH", "LTC", "XMR", "DOGE", "USDT", "USDC", "XRP", "TRX", "SOL"})
_NEXT_WORD = re.compile("[ ]?([a-z%][a-z']{0,20})")
_OR = re.compile(" (?:or|otherwise|and nobody|now and|and i|and we|a week|a month|each)[ ,]")
_NO_AMOUNT_AFTER = re.compile("[-/:.]?[0-9%°]")
MOST = Decimal(10) ** 13  # beyond this it is a number of something else


@dataclass(frozen=True, slots=True)
class Amount:
    """Folded `start` to `end`; `amount` decimal as text; `currency` code or None; `doubt` in words for people."""

    start: int
    end: int
    amount: str
    currency: str | None
    doubt: str | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's patterns for money."""

    find: Pattern
    asks: Pattern
    number: Pattern
    currencies: tuple[tuple[Pattern, str], ...]
    settles: tuple[tuple[Pattern, str], ...]
    values: Mapping[str, int]
    times: Mapping[str, int]
    after: frozenset[str]
    han: bool


def _longest(words: Sequence[str] | Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _grammar(language: Language) -> Grammar:
    money = language.money
    currency = _longest(money.currencies)
    digits, times = _longest(money.numbers), _longest(money.multipliers)
    joint = "" if not language.spaces else "[ -](?:and )?"
    plain = _NUMBER if language.spaces else "\x01"
    if language.spaces:
        spoken = f"(?:{digits}|{times})(?:{joint}(?:{digits}|{times})){{0,5}}"
        number = f"(?:{_NUMBER})(?: ?(?:{times}))?(?: (?:{times}))?|{spoken}"
    else:
        spoken = f"(?:{digits}|{times}){{1,8}}"
        number = f"(?:{_NUMBER})(?:{times})?(?:{times}|{digits})?(?:{times})?|{spoken}"
    return Grammar(
        # A plain number with a currency comes before one with a multiplier: the k of "15,000 ksh" is no thousand.
        find=compiled(f"({currency})[ ]?({number})|({plain})[ ]?({currency})|({number})(?:[ ]?({currency}))?"),
        asks=compiled(f"(?:{_longest(money.asks)})[ :.]{{0,2}}"),
        number=compiled(f"{_NUMBER}|{digits}|{times}"),
        currencies=tuple((compiled(word), code) for word, code in money.currencies.items()),
        settles=tuple((compiled(word), code) for word, code in money.settles.items()),
        values=money.numbers,
        times=money.multipliers,
        after=frozenset(money.after),
        han=not language.spaces,
    )


def amounts(text: str, language: Language) -> Iterator[Amount]:
    """Every amount in a folded text: a number with a currency, or a bare one right after a word that asks for money."""
    grammar = _grammar(language)
    if not language.money.currencies:
        return
    settled = _settled(text, grammar)
    for match in grammar.find.finditer(text):
        start, end = match.span()
        which = 2 if match.group(2) else 3 if match.group(3) else 5
        before, number, after = match.group(1), match.group(which), match.group(4) or match.group(6)
        if len(number) == 1 and "a" <= number <= "z":
            continue  # the k of a name, not a thousand
        if after and not grammar.han and _letter(text, end) and after[-1].isalpha():
            after, end = None, match.end(which)
        if before and _letter(text, start - 1) and before[0].isalpha():
            before, start = None, match.start(which)
        if not _stands_alone(text, start, end):
            continue
        word = after or before
        if not word and not _asked(text, start, end, grammar):
            continue
        value = _value(number, grammar)
        if value is None or not 0 < value < MOST:
            continue
        code, doubt = _currency(word, settled, grammar)
        value, reading = _thousands(value, number, code)
        yield Amount(start, end, _plain(value), code, "; ".join(filter(None, (doubt, reading))) or None)


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and "a" <= text[at] <= "z"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not inside a longer word, number, time, date or address."""
    before = text[start - 1 : start]
    if text[start].isdigit() and before.isascii() and (before.isalnum() or before in tuple("_/@#+-")):
        return False
    if (
        text[start].isdigit()
        and before in (".", ":")
        and text[start - 2 : start - 1].isascii()
        and text[start - 2 : start - 1].isalnum()
    ):
        return False
    if _letter(text, start - 1) and _letter(text, start):
        return False
    return not _letter(text, end) and not _NO_AMOUNT_AFTER.match(text, end)


def _asked(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether a bare number follows a word that asks (or is 2k, 10万, or "600 or ..."), and no other thing is counted."""
    lead = text[max(0, start - 16) : start]
    asked = any(m.end() == len(lead) and _edge(lead, m.start(), grammar.han) for m in grammar.asks.finditer(lead))
    large = any(
        text[start:end].endswith(times) or (grammar.han and times in text[start:end])  # 八千八
        for times, value in grammar.times.items()
        if value >= 1000
    )
    if not asked and not large and not _OR.match(text, end):
        return False
    if grammar.han:
        return (
            not (end < len(text) and text[end] in "个张次天小分点月年岁号楼人条段封遍日周秒寸斤米下些样多位层，:、.")
            or text[end : end + 1] in ".,"
        )
    word = _NEXT_WORD.match(text, end)
    return word is None or word.group(1) in grammar.after


def _edge(text: str, at: int, han: bool) -> bool:
    return han or at == 0 or not _letter(text, at - 1)


def _value(number: str, grammar: Grammar) -> Decimal | None:
    """The value of a spoken or written number. Multipliers bind as they are said: two hundred thousand, 三万五."""
    total = Decimal(0)
    current = Decimal(0)
    last = 0
    seen = False
    for token in grammar.number.finditer(number):
        word = token.group()
        seen = True
        if word in grammar.times:
            times = grammar.times[word]
            if last and times > last:
                total = (total + current) * times
            else:
                total += (current or Decimal(0 if total and not current and last else 1)) * times
            current, last = Decimal(0), times
        elif word in grammar.values:
            if not grammar.han and 0 < current < 10 <= grammar.values[word]:
                current *= 100  # three fifty, one twenty
            current = current + grammar.values[word] if not grammar.han else Decimal(grammar.values[word])
        else:
            written = _written(word)
            if written is None:
                return None
            current = written
    if grammar.han and last >= 100 and 0 < current < 10 and "零" not in number:
        current = current * last / 10  # 一万五 is 15,000
    return total + current if seen else None


def _written(digits: str) -> Decimal | None:
    """A number in figures: the last of two kinds of mark is the decimal one; one kind alone before three digits groups."""
    plain = digits.replace(" ", "").replace("'", "")
    dot, comma = plain.rfind("."), plain.rfind(",")
    if dot >= 0 and comma >= 0:
        decimal, group = (".", ",") if dot > comma else (",", ".")
        plain = plain.replace(group, "").replace(decimal, ".")
    elif dot >= 0 or comma >= 0:
        mark = "." if dot >= 0 else ","
        tail = plain.rsplit(mark, 1)[1]
        grouped = (len(tail) == 3 and not plain.startswith("0")) or plain.count(mark) > 1
        plain = plain.replace(mark, "" if grouped else ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _thousands(value: Decimal, number: str, code: str | None) -> tuple[Decimal, str | None]:
    """1.500 is fifteen hundred for money and may be one and a half for a coin: said as a doubt."""
    if not re.fullmatch(r"[1-9][0-9]{0,2}[.][0-9]{3}", number):
        return value, None
    if code in _COINS:
        return Decimal(number), "the point may group thousands"
    return value, None if code == "EUR" else "the point may be a decimal point"


def _currency(word: str | None, settled: str | None, grammar: Grammar) -> tuple[str | None, str | None]:
    if word is None:
        return (settled, None) if settled else (None, "no currency was said")
    for pattern, code in grammar.currencies:
        if not pattern.fullmatch(word):
            continue
        first, _, others = code.partition("?")
        if "?" not in code:
            return first, None
        if settled and (settled == first or settled in others):
            return settled, None
        return first, f"“{word}” is used for several currencies" + (f" ({first}, {others})" if others else "")
    return None, "no currency was said"


def _settled(text: str, grammar: Grammar) -> str | None:
    return next((code for pattern, code in grammar.settles if next(pattern.finditer(text), None)), None)


def _plain(value: Decimal) -> str:
    """As written where nothing was multiplied (1000.50), without empty decimals otherwise."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text and not text.rsplit(".", 1)[1].strip("0") else text


@cache
def _rail_patterns(language: Language) -> tuple[tuple[str, Pattern], ...]:
    edge = "[^a-z0-9]" if language.spaces else ""
    return tuple((rail, compiled(f"{edge}(?:{'|'.join(words)}){edge}")) for rail, words in language.money.rails.items())


@cache
def _any_rail(language: Language) -> Pattern:
    """One pattern without which no way of paying is named: most messages are done with it."""
    return compiled("|".join(word for words in language.money.rails.values() for word in words) or "\x00")


def rails(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Ways of paying that are named: id of content/payments, folded start and end."""
    if not _any_rail(language).search(text):
        return
    padded = f" {text} " if language.spaces else text
    for rail, pattern in _rail_patterns(language):
        for match in pattern.finditer(padded):
            start, end = match.span()
            yield (rail, start, end - 2) if language.spaces else (rail, start, end)
