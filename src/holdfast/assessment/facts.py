"""Facts: what code concludes from findings and answers, each a small function that keeps its reasons.

Content (steps, questions) names these facts; only the functions here compute them. The name of a fact is the name of its
function. An answer of the same name wins: "yes" makes the fact, "no" stops it, whatever the evidence says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from holdfast.model import Assessment, Fact, Item, Message

ONGOING_DAYS = 14  # our choice: two weeks of silence is the first time "still going on" reads as doubtful


@dataclass(frozen=True, slots=True)
class Known:
    """What a fact may look at. `answers`: name -> answer; `platforms`: platform ids of the readers that read something."""

    assessment: Assessment
    messages: tuple[Message, ...]
    answers: Mapping[str, str]
    day: date | None
    platforms: frozenset[str]

    def findings(self, *labels: str) -> tuple[str, ...]:
        """Ids of findings with one of the labels, by anybody but the person.

        An unknown speaker's threat counts: who sends it is open, that it was sent is not. What the person did (`paid_said`)
        rests on their own words only.
        """
        return tuple(f.id for f in self.assessment.findings if f.label in labels and f.speaker != "me")

    def demands(self, *kinds: str) -> tuple[str, ...]:
        """Reasons for each demand of one of the kinds: the finding it belongs to, or its own words."""
        return tuple(d.finding or d.quote for d in self.assessment.demands if d.kind in kinds)


Rule = Callable[[Known], tuple[str, ...]]
_RULES: dict[str, Rule] = {}


def fact(rule: Rule) -> Rule:
    """Registers a fact: the rule gives its reasons, none means the fact does not hold."""
    _RULES[rule.__name__] = rule
    return rule


@fact
def money_demanded(known: Known) -> tuple[str, ...]:
    """Money in any form is asked for beside a threat."""
    return known.demands("money")


@fact
def crypto_demanded(known: Known) -> tuple[str, ...]:
    """Payment in a crypto-currency is asked for."""
    demands = known.assessment.demands
    return tuple(d.finding or d.quote for d in demands if d.rail == "crypto" or d.currency in CRYPTO)


@fact
def gift_cards_demanded(known: Known) -> tuple[str, ...]:
    """Gift cards of any brand are asked for."""
    return tuple(d.finding or d.quote for d in known.assessment.demands if (d.rail or "").startswith("gift-cards"))


@fact
def images_demanded(known: Known) -> tuple[str, ...]:
    """More pictures or video are asked for."""
    return known.demands("images", "call")


@fact
def meeting_demanded(known: Known) -> tuple[str, ...]:
    """A meeting or sexual contact is asked for."""
    return known.demands("meeting")


@fact
def silence_demanded(known: Known) -> tuple[str, ...]:
    """They ask that nobody is told, or the police kept out."""
    return known.demands("silence", "withdraw")


@fact
def deadline_set(known: Known) -> tuple[str, ...]:
    """A time limit was said. It is theirs, quoted, never counted down."""
    return tuple(d.deadline.quote for d in known.assessment.demands if d.deadline is not None)


@fact
def image_leak_threatened(known: Known) -> tuple[str, ...]:
    """They threaten to share private pictures or recordings."""
    return known.findings("image_leak", "sextortion")


@fact
def sextortion(known: Known) -> tuple[str, ...]:
    """Private pictures are used to get something."""
    return known.findings("sextortion")


@fact
def synthetic_image_claimed(known: Known) -> tuple[str, ...]:
    """They speak of a made-up picture."""
    return known.findings("synthetic_image")


@fact
def hack_claimed(known: Known) -> tuple[str, ...]:
    """They say they are in a device or account. Said, not shown."""
    return known.findings("hack_claim")


@fact
def violence_threatened(known: Known) -> tuple[str, ...]:
    """They threaten harm to the body, home or family."""
    return known.findings("violence", "abduction_claim")


@fact
def doxxing_threatened(known: Known) -> tuple[str, ...]:
    """They threaten to publish where someone lives or who they are."""
    return known.findings("doxxing")


@fact
def stalking_shown(known: Known) -> tuple[str, ...]:
    """They write that they watch, follow or know the way home."""
    return known.findings("stalking")


@fact
def reputation_threatened(known: Known) -> tuple[str, ...]:
    """They threaten standing: work, school, family, name."""
    return known.findings("reputation")


@fact
def selfharm_pushed(known: Known) -> tuple[str, ...]:
    """They push towards self-harm."""
    return known.findings("selfharm_encouragement")


@fact
def fake_authority(known: Known) -> tuple[str, ...]:
    """They speak as police, court or office, or threaten to send them."""
    return known.findings("swatting_legal")


@fact
def loan_shaming(known: Known) -> tuple[str, ...]:
    """They threaten to shame for a debt, before contacts or relatives."""
    return known.findings("debt_shaming")


@fact
def impersonated(known: Known) -> tuple[str, ...]:
    """They say they use the person's name, pictures or account as their own."""
    return known.findings("impersonation")


@fact
def paid_said(known: Known) -> tuple[str, ...]:
    """The person's own words in the chat say they paid."""
    return tuple(m.quote or "" for m in known.assessment.chronology if m.what == "payment")


@fact
def mail_spoofed_self(known: Known) -> tuple[str, ...]:
    """A threatening mail carries the person's own address as sender. That is easy to fake and shows no break-in."""
    return tuple(s.name for s in known.assessment.signals if s.name == "spoofed_own_address" and s.state != "not seen")


@fact
def contact_is_ongoing(known: Known) -> tuple[str, ...]:
    """The other person wrote within 14 days before the day given. Without a day: nothing is concluded."""
    if known.day is None:
        return ()
    start = known.day - timedelta(days=ONGOING_DAYS)
    days = (_day(m) for m in known.messages if m.from_me is False)
    recent = max((day for day in days if day is not None and start <= day <= known.day), default=None)
    return () if recent is None else (f"last message {recent.isoformat()}",)


@fact
def anything_found(known: Known) -> tuple[str, ...]:
    """At least one finding, by anybody."""
    return tuple(f.id for f in known.assessment.findings[:1])


@fact
def parts_not_read(known: Known) -> tuple[str, ...]:
    """Something in the evidence could not be read: quiet there means nothing."""
    return tuple(gap.why for gap in known.assessment.not_read[:1])


def _platform_fact(name: str) -> None:
    def rule(known: Known) -> tuple[str, ...]:
        return (f"read as {name}",) if name in known.platforms else ()

    rule.__name__ = f"platform_{name}"
    fact(rule)


for _name in ("whatsapp", "wechat", "instagram", "telegram", "facebook", "line", "discord", "signal", "mail", "sms"):
    _platform_fact(_name)

CRYPTO = frozenset({"BTC", "ETH", "LTC", "DOGE", "XRP", "XMR", "TRX", "SOL", "USDT", "USDC", "BCH", "BNB"})

FACTS = tuple(_RULES)


def facts(
    assessment: Assessment,
    items: Iterable[Item],
    answers: Mapping[str, str] | None = None,
    day: date | None = None,
    *,
    platforms: Iterable[str] = (),
) -> tuple[Fact, ...]:
    """The facts that hold, in the order of `FACTS`, each with its reasons.

    `day` is the day to look back from; `platforms` are the `platform` ids of the readers that read the items ("whatsapp").
    """
    given = dict(answers or {})
    messages = tuple(item for item in items if isinstance(item, Message))
    known = Known(assessment, messages, given, day, frozenset(platforms))
    found = []
    for name, rule in _RULES.items():
        answer = given.get(name)
        because = rule(known) if answer != "no" else ()
        if answer == "yes":
            because = (f"answer: {name}", *because)
        if because:
            found.append(Fact(name=name, because=tuple(dict.fromkeys(because))))
    return tuple(found)


def _day(message: Message) -> date | None:
    local = message.sent.local if message.sent else None
    try:
        return datetime.fromisoformat(local).date() if local else None
    except ValueError:
        return None
