"""What is wanted, by when, by which way of paying: slots tied to the finding they stand beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from holdfast.assessment.findings import Found, Looked
from holdfast.assessment.scan import Scanner
from holdfast.assessment.wallets import wallets

Near = Callable[[int, int], bool]
COINS = frozenset({"BTC", "ETH", "USDT", "USDC", "LTC", "XMR", "TRX", "DOGE", "XRP", "SOL"})
BESIDE = 40  # characters between a demand and a bare "tonight" that is its time limit
FAR = 700  # characters of one message within which a slot belongs to a threat


@dataclass(frozen=True, slots=True)
class Wanted:
    """A demand in the making, offsets in the original text of message `number`."""

    number: int
    kind: str
    start: int
    end: int
    amount: str | None = None
    currency: str | None = None
    rail: str | None = None
    limit: tuple[int, int, str | None, int | None, str | None] | None = None
    doubt: str | None = None


def wanted_in(one: Looked, found: Sequence[Found], lists: Scanner) -> list[Wanted]:
    """The demands of one message, in order. `found`: its findings; far from them in a long text nothing is a demand."""
    number = one.said.number
    kinds = {rule.list: rule.kind for language in lists.languages.values() for rule in language.demand}

    def near(start: int, end: int) -> bool:
        first, last = one.folded.span(start, end)
        return not found or any(f.start - FAR <= last and first <= f.end + FAR for f in found)

    wanted: list[Wanted] = []
    for amount in one.amounts:
        if near(amount.start, amount.end):
            rail = _nearest_rail(one, amount.start, amount.end)
            rail = rail or ("crypto" if amount.currency in COINS else None)
            start, end = one.folded.span(amount.start, amount.end)
            wanted.append(Wanted(number, "money", start, end, amount.amount, amount.currency, rail, doubt=amount.doubt))
    if not wanted:
        wanted += _money_without_amount(one, near)
    seen = set()
    for hit in one.hits:
        if hit.tag in kinds and kinds[hit.tag] not in seen and near(hit.start, hit.end):
            seen.add(kinds[hit.tag])
            wanted.append(Wanted(number, kinds[hit.tag], *one.folded.span(hit.start, hit.end)))
    return _with_limits(one, sorted(wanted, key=lambda w: (w.start, w.kind)), near)


def _nearest_rail(one: Looked, start: int, end: int) -> str | None:
    near = [(min(abs(first - end), abs(start - last)), rail) for rail, first, last in one.rails]
    near = [(distance, rail) for distance, rail in near if distance <= FAR]
    if near:
        return min(near)[1]
    return "crypto" if any(True for _ in wallets(one.said.text)) else None


def _money_without_amount(one: Looked, near: Near) -> list[Wanted]:
    hit = next((h for h in one.hits if h.tag == "pay_plain" and near(h.start, h.end)), None)
    if hit is not None:
        rail = _nearest_rail(one, hit.start, hit.end)
        return [Wanted(one.said.number, "money", *one.folded.span(hit.start, hit.end), rail=rail)]
    return [
        Wanted(one.said.number, "money", *one.folded.span(start, end), rail=rail)
        for rail, start, end in one.rails[:1]
        if near(start, end)
    ]


def _with_limits(one: Looked, wanted: list[Wanted], near: Near) -> list[Wanted]:
    """Each time limit goes to the demand it stands closest to; one without a demand is kept as an unstated one."""
    result = list(wanted)
    for limit in sorted(one.limits, key=lambda limit: limit.weak):
        if not near(limit.start, limit.end):
            continue
        start, end = one.folded.span(limit.start, limit.end)
        said = (start, end, limit.at, limit.seconds, limit.doubt)
        free = [i for i, w in enumerate(result) if w.limit is None]
        if limit.weak:
            free = [i for i in free if _gap(result[i], start, end) <= BESIDE]
        if free:
            best = min(free, key=lambda i: (_gap(result[i], start, end), i))
            result[best] = replace(result[best], limit=said)
        elif not result and not limit.weak:
            result.append(Wanted(one.said.number, "unstated", start, end, limit=said))
    return result


def _gap(wanted: Wanted, start: int, end: int) -> int:
    return min(abs(wanted.start - end), abs(start - wanted.end))


def linked(wanted: Wanted, found: Mapping[int, Sequence[tuple[str, Found]]], order: Mapping[int, int]) -> str | None:
    """Id of the finding a demand belongs to: in its own message the closest, else the closest message by the same speaker."""
    here = found.get(wanted.number)
    if here:
        own = [pair for pair in here if pair[1].label == "sextortion"] or list(here)
        return min(own, key=lambda pair: (abs(pair[1].start - wanted.start), pair[0]))[0]
    position = order[wanted.number]
    others = sorted((abs(order[n] - position), n) for n in found if n in order)
    if not others:
        return None
    pairs = found[others[0][1]]
    return next((ident for ident, f in pairs if f.label == "sextortion"), pairs[0][0])
