"""Whether a mail that shows the person's own address came from them: what its headers say for and against.

Nothing here proves who wrote a mail. A forged sender line is the common trick of mass extortion mail and does not mean that
an account was entered.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from holdfast.readers._mail_address import Address, addresses
from holdfast.readers._mail_header import Block, shown
from holdfast.readers._who import same_person

FORGED = "own_address_forged"
UNCLEAR = "own_address_unclear"

_RESULT = re.compile(r"(?i)(?<![a-z-])(spf|dkim|dmarc)\s{0,3}=\s{0,3}([a-z]{2,12})")
_PASSED_FOR = re.compile(r"(?i)(?:header\.from|header\.d|header\.i|smtp\.mailfrom)\s{0,3}=\s{0,3}[\"']?([^\s;\"']{1,254})")
_BY = re.compile(r"(?i)(?<![a-z0-9.-])by\s{1,5}([a-z0-9.-]{1,253})")
_FROM_HOST = re.compile(r"(?i)^from\s{1,5}([^\s;]{1,253})")
_SIGNED_IN = re.compile(r"(?i)\bwith\s{1,5}(?:esmtpsa|esmtpa|utf8smtpsa|http)\b")
_WHY_FORGED = (
    "The sender line shows your own address, but {but}. This is easy to fake and does not show that anyone was in your account."
)
_BEHIND = "the address behind it is a different one"
_WHY_NAME = (
    "The sender line shows your own name, but with an address you did not name as yours. "
    "Anyone can put any name into a sender line."
)
_WHY_UNCLEAR = (
    "The sender line shows your own address. Nothing in the mail shows whether it really came from you; "
    "a sender line is easy to fake and does not show that anyone was in your account."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """`from_me` None: not known. `doubt` and `why` where the person's own address is shown without good reason."""

    from_me: bool | None
    doubt: str | None = None
    why: str | None = None


def judge(block: Block, sender: list[Address], me: Collection[str], received_by: set[str], inside: bool = False) -> Origin:
    """What the headers say about a sender line. `received_by`: the addresses (lower case) the mail was for. `inside`: whether
    it lay in another mail; what comes back undelivered is often what others sent in the person's name."""
    if not sender:
        return Origin(None)
    addresses_shown = {one.address.lower() for one in sender if one.address}
    named = any(same_person(str(one), me) or same_person(one.name, me) for one in sender)
    to_itself = bool(addresses_shown & received_by)
    if not named and not to_itself:
        # Only in a mail that was for the person is anyone else surely somebody else: they may have more addresses.
        return Origin(False if any(same_person(one, me) for one in received_by) else None)
    own = {one.strip().lower() for one in me if "@" in one}
    if own and not addresses_shown & own and not to_itself:
        shows_own = any(one in name.name.lower() for name in sender for one in own)
        return Origin(None, FORGED, _WHY_FORGED.format(but=_BEHIND)) if shows_own else Origin(None, UNCLEAR, _WHY_NAME)
    against, weak, passed = _evidence(block, sender[0])
    if against or len(weak) >= 2:
        # A mailing list hands in mail of others under its own address: that is its work.
        if block.first("list-id") and not to_itself:
            return Origin(None, UNCLEAR, _WHY_UNCLEAR)
        return Origin(None, FORGED, _WHY_FORGED.format(but=_and([*against, *weak])))
    if passed:
        return Origin(True if named else None)
    if to_itself or weak or inside:
        return Origin(None, UNCLEAR, _WHY_UNCLEAR)
    return Origin(True)


def _and(reasons: list[str]) -> str:
    reasons = list(dict.fromkeys(reasons))[:4]
    return reasons[0] if len(reasons) == 1 else ", ".join(reasons[:-1]) + " and " + reasons[-1]


def related(first: str, other: str) -> bool:
    """Whether two domains belong together, as far as names show: the same, one inside the other, or the same last labels."""
    first, other = first.lower().strip("."), other.lower().strip(".")
    if not first or not other:
        return False
    if first == other or first.endswith("." + other) or other.endswith("." + first):
        return True
    return _organisation(first) == _organisation(other)


def _organisation(domain: str) -> str:
    labels = domain.split(".")
    # co.uk, com.pk, ac.in: a short label before a country code is no name of its own.
    wide = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    name = ".".join(labels[-3:] if wide else labels[-2:])
    return _SAME_HOUSE.get(name, name)


# Mail of these domains is sent by servers of the other name (the services' own help pages and public SPF records).
_SAME_HOUSE = {
    "googlemail.com": "google.com", "gmail.com": "google.com", "hotmail.com": "outlook.com", "live.com": "outlook.com",
    "msn.com": "outlook.com", "office365.com": "outlook.com", "microsoft.com": "outlook.com", "me.com": "icloud.com",
    "mac.com": "icloud.com", "apple.com": "icloud.com", "ymail.com": "yahoo.com", "yahoodns.net": "yahoo.com",
    "rocketmail.com": "yahoo.com", "foxmail.com": "qq.com", "126.com": "163.com", "yeah.net": "163.com",
    "proton.me": "protonmail.com", "protonmail.ch": "protonmail.com", "pm.me": "protonmail.com", "gmx.de": "gmx.net",
}  # fmt: skip


def _evidence(block: Block, sender: Address) -> tuple[list[str], list[str], bool]:
    """Reasons that weigh alone, reasons that need a second one, and whether a check of the sender's domain was passed."""
    strong: list[str] = []
    weak: list[str] = []
    domain = sender.domain
    failed, passed = _checks(block, domain)
    if passed:
        return [], [], True
    for one in block.all("reply-to")[:1]:
        others = [found for found in addresses(one) if found.address]
        if others and all(found.address.lower() != sender.address.lower() for found in others):
            strong.append("answers would go to a different address")
    for one in block.all("return-path")[:1]:
        back = next((found for found in addresses(one) if found.domain), None)
        if back and not related(back.domain, domain):
            strong.append("it was handed in from a different address")
        elif back and back.address.lower() != sender.address.lower():
            weak.append("it was handed in from a slightly different address")
    strong.extend(failed)
    identity = block.text("message-id").strip("<> ").rpartition("@")[2]
    if identity and not related(identity, domain):
        weak.append("its message number names a different service")
    if _handed_in_elsewhere(block, domain):
        weak.append("no server of your mail service shows that it was sent from there")
    return strong, weak, False


def _checks(block: Block, domain: str) -> tuple[list[str], bool]:
    """Results of the receiving service's own checks: the first Authentication-Results, and Received-SPF."""
    failed: list[str] = []
    passed = False
    for_others = False
    results: dict[str, set[str]] = {}
    results_field = block.first("authentication-results")
    if results_field:
        text = shown(results_field.unfolded())
        for kind, result in _RESULT.findall(text):
            results.setdefault(kind.lower(), set()).add(result.lower())
        for clause in text.split(";"):
            if re.search(r"(?i)(?<![a-z-])(?:spf|dkim|dmarc)\s{0,3}=\s{0,3}pass", clause):
                named = [found.rpartition("@")[2] for found in _PASSED_FOR.findall(clause)]
                passed = passed or any(related(one, domain) for one in named)
                for_others = for_others or (bool(named) and not any(related(one, domain) for one in named))
        passed = passed and _written_by_receiver(block, text)
    received_spf = block.text("received-spf").lower()
    if received_spf:
        results.setdefault("spf", set()).add(received_spf.split(None, 1)[0].strip(":;"))
    dmarc = results.get("dmarc", set())
    if dmarc & {"fail"}:
        failed.append("your mail service's check of the sender failed")
    elif results.get("spf", set()) & {"fail", "softfail", "hardfail"} and not passed:
        failed.append("the computer that sent it is not one of your mail service's")
    elif results and not passed and all(_empty(found) for found in results.values()):
        failed.append("your mail service could not confirm the sender")
    elif "fail" in results.get("dkim", set()) and not passed:
        failed.append("its signature does not fit")
    elif for_others and not passed:
        failed.append("the check of the sender only confirms a different address")
    return failed, passed and not failed


def _empty(found: set[str]) -> bool:
    return found <= {"none", "neutral", "permerror", "temperror", "unknown", "fail", "softfail"}


def _written_by_receiver(block: Block, text: str) -> bool:
    """Anyone can write "pass" into a mail: only the results of the service that received it last count."""
    writer = text.split(";", 1)[0].split()[0] if text.split(";", 1)[0].split() else ""
    for one in block.all("received")[:4]:
        by = _BY.search(shown(one.unfolded()))
        if by and "." in by[1] and re.search(r"[a-z]", by[1].lower()):
            return related(by[1], writer)
    return False


def _handed_in_elsewhere(block: Block, domain: str) -> bool:
    hops = [shown(one.unfolded()) for one in block.all("received")]
    if not hops:
        return False
    first = hops[-1]
    if _SIGNED_IN.search(first):
        return False
    by, host = _BY.search(first), _FROM_HOST.search(first)
    if host is None:
        return False
    return not related(host[1].strip("[]()"), domain) and not (len(hops) > 1 and by and related(by[1], domain))
