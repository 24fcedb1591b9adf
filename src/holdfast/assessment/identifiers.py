"""Handles, phones, mails, links, wallets and bank numbers named in a text. `checked` says what the form says, never "real".

Works on the original text: addresses are case-sensitive. Card numbers are masked to their last four digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import phonenumbers
from phonenumbers import Leniency
from stdnum import iban, luhn

from holdfast.assessment.wallets import wallets
from holdfast.model import Identifier, Place

NO_CHECKSUM = "no checksum"
VALID_FORM = "valid form"
MOST_PHONES = 200  # numbers looked at per message; beyond that it is a table, not a message

_WORTH = re.compile("[@:：=/＋]|www|[0-9٠-٩۰-۹][0-9٠-٩۰-۹ ().-]{5}|[A-Za-z0-9]{20}|0x|[A-Z]{2}[0-9]{2}")
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。！？、）】》\u3400-\u9fff]{3,500}", re.IGNORECASE)
_SITES = (
    r"instagram\.com|t\.me|telegram\.me|facebook\.com|fb\.com|tiktok\.com|snapchat\.com/add|twitter\.com|x\.com|discord\.gg|wa\.me"
    r"|line\.me/ti/p|weibo\.com"
)
_PROFILE = re.compile(rf"(?:https?://)?(?:www\.)?(?<![a-z0-9-])({_SITES})/(?:u/)?@?([a-z0-9_.~%+-]{{2,60}})", re.IGNORECASE)
_AT = re.compile(r"(?<![A-Za-z0-9._%+@/-])@([A-Za-z][A-Za-z0-9_.]{1,30})")
_APPS = (
    "we ?chat|weixin|telegram|tg|snap(?:chat)?|kik|insta(?:gram)?|ig|line|qq|discord|signal|skype|whats ?app|session|wickr"
    "|微信号?|薇信|威信|電报|电报|飞机|蝙蝠|企鹅"
)
_NAMED = re.compile(
    rf"(?<![a-z])({_APPS})(?: ?(?:id|号|號|name|user(?:name)?|handle|is))?[ ]?[:：=][ ]?@?([a-z0-9][a-z0-9_.-]{{3,31}})",
    re.IGNORECASE,
)
_PHONE = re.compile(r"[+＋]?[(]?[0-9٠-٩۰-۹][0-9٠-٩۰-۹ ().\u00a0-]{5,22}[0-9٠-٩۰-۹]")
_PHONE_WORD = re.compile(r"(?i)phone|call|whats ?app|number|mobile|text me|电话|手机|電話|手機|联系|tel")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<![0-9A-Za-z])[3-6][0-9]{3}(?:[ -]?[0-9]){11,15}(?![0-9A-Za-z])")
_HAN = re.compile("[\u3400-\u9fff]")
_NETWORKS = {
    "instagram.com": "instagram", "t.me": "telegram", "telegram.me": "telegram", "facebook.com": "facebook",
    "fb.com": "facebook",
    "tiktok.com": "tiktok", "snapchat.com/add": "snapchat", "twitter.com": "x", "x.com": "x", "discord.gg": "discord",
    "wa.me": "whatsapp", "line.me/ti/p": "line", "weibo.com": "weibo", "wechat": "wechat", "weixin": "wechat", "微信": "wechat",
    "微信号": "wechat", "薇信": "wechat", "威信": "wechat", "tg": "telegram", "电报": "telegram", "電報": "telegram",
    "飞机": "telegram", "snap": "snapchat", "insta": "instagram", "ig": "instagram", "企鹅": "qq", "蝙蝠": "batchat",
}  # fmt: skip


def identifiers(text: str, place: Place | None = None, regions: Iterable[str] = ()) -> tuple[Identifier, ...]:
    """Every identifier in a text, in order, none inside another. `regions`: ISO codes to read local phone numbers by."""
    if not _WORTH.search(text):
        return ()
    found: list[Identifier] = []
    taken = bytearray(len(text))

    def add(kind: str, value: str, checked: str, start: int, end: int, network: str | None = None) -> None:
        if not any(taken[start:end]):
            taken[start:end] = bytes([1]) * (end - start)
            found.append(
                Identifier(kind=kind, value=value, checked=checked, start=start, end=end, network=network, place=place)
            )

    for wallet in wallets(text):
        add("wallet", wallet.address, wallet.checked, wallet.start, wallet.end, wallet.coin)
    for match in _MAIL.finditer(text) if "@" in text else ():
        add("mail", match.group(), VALID_FORM, *match.span())
    for match in _PROFILE.finditer(text):
        name = match.group(2).rstrip(".")
        kind = "phone" if match.group(1).lower() == "wa.me" and name.isdigit() else "handle"
        value = f"+{name}" if kind == "phone" else name
        add(kind, value, VALID_FORM, match.start(), match.end(2), _NETWORKS[match.group(1).lower()])
    for match in _LINK.finditer(text):
        shown = match.group().rstrip(".,;:!?)")
        add("link", shown, VALID_FORM, match.start(), match.start() + len(shown))
    for match in _NAMED.finditer(text):
        word = match.group(1).lower().replace(" ", "")
        add("handle", match.group(2).rstrip("."), VALID_FORM, match.start(2), match.end(2), _NETWORKS.get(word, word))
    for match in _AT.finditer(text) if "@" in text else ():
        add("handle", match.group(1).rstrip("."), VALID_FORM, match.start(), match.end())
    for value, start, end in _bank_numbers(text):
        add("iban" if value[0].isalpha() else "card", value, VALID_FORM, start, end)
    for value, checked, start, end in _phones(text, tuple(regions)):
        add("phone", value, checked, start, end)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _bank_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _IBAN.finditer(text):
        if iban.is_valid(match.group(), check_country=False):
            yield iban.compact(match.group()), *match.span()
    for match in _CARD.finditer(text):
        digits = "".join(c for c in match.group() if c.isdigit())
        if len(digits) in (15, 16, 19) and luhn.is_valid(digits) and len(set(digits)) > 1:
            yield "*" * (len(digits) - 4) + digits[-4:], *match.span()


def _phones(text: str, regions: tuple[str, ...]) -> Iterator[tuple[str, str, int, int]]:
    """Numbers as +E.164: valid ones, and possible ones written with a plus or beside a word for telephones."""
    candidates = list(_PHONE.finditer(text))[:MOST_PHONES] if any(c.isdigit() for c in text) else []
    if not candidates:
        return
    places = regions + (("CN",) if "CN" not in regions and _HAN.search(text) else ())
    spoken = _PHONE_WORD.search(text) is not None
    for match in candidates:
        start, end = match.span()
        if text[start - 1 : start].isalnum() and text[start - 1 : start].isascii():
            continue
        written = match.group()
        plus = written[0] in "+＋"
        for leniency in (Leniency.VALID, Leniency.POSSIBLE):
            if leniency == Leniency.POSSIBLE and not (plus or (spoken and places)):
                continue
            number = _number(written, places if not plus else ("ZZ",), leniency)
            if number is not None:
                shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
                yield shown, VALID_FORM if leniency == Leniency.VALID else NO_CHECKSUM, start, end
                break


def _number(written: str, places: tuple[str, ...], leniency: int) -> phonenumbers.PhoneNumber | None:
    test = phonenumbers.is_valid_number if leniency == Leniency.VALID else phonenumbers.is_possible_number
    for region in places:
        try:
            number = phonenumbers.parse(written, None if region == "ZZ" else region)
        except phonenumbers.NumberParseException:
            continue
        if test(number):
            return number
    return None
