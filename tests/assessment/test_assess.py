"""What assessment promises for every text: cite or stay silent, never the person's own words, the same under disguise."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.assessment import assess, assess_text
from holdfast.model import LABELS, Assessment, Gap, Message, Place

LEAK = "Pay me $500 in 24 hours or I send the video to all your contacts"
MAIL = """Hello, pervert.

I hacked your device a few months ago when you visited an adult website. My trojan gave me full control of your screen and
camera. I recorded you while you were pleasuring yourself and I copied all your contacts.

If you do not want your family and colleagues to see the video, send $1,450 in bitcoin to this wallet:
{wallet}
You have 48 hours after reading this letter. Do not try to contact the police. After that I will send the video to everyone.
"""
WALLET = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"  # BIP 173's own example


def labels(assessed: Assessment) -> set[str]:
    return {finding.label for finding in assessed.findings}


def cited(assessed: Assessment, text: str) -> None:
    for finding in assessed.findings:
        assert finding.quote == text[finding.start : finding.end] != ""
        assert finding.label in LABELS
        assert finding.certainty in ("clear", "possible")
        assert finding.form in ("direct", "conditional", "veiled")
    for demand in assessed.demands:
        assert demand.quote == text[demand.start : demand.end] != ""
        if demand.deadline is not None:
            assert demand.deadline.quote == text[demand.deadline.start : demand.deadline.end] != ""
    for identifier in assessed.identifiers:
        assert text[identifier.start : identifier.end] != ""


def test_a_threat_with_its_demand_and_deadline() -> None:
    assessed = assess_text(LEAK)
    assert {"image_leak", "sextortion"} <= labels(assessed)
    (demand,) = [d for d in assessed.demands if d.kind == "money"]
    assert (demand.amount, demand.currency, demand.deadline.seconds) == ("500", "USD", 86400)
    assert demand.finding in {f.id for f in assessed.findings}
    assert all(f.place is None for f in assessed.findings)
    cited(assessed, LEAK)


def test_a_mass_mail_in_full() -> None:
    text = MAIL.format(wallet=WALLET)
    assessed = assess_text(text)
    assert {"hack_claim", "sextortion"} <= labels(assessed)
    money = [d for d in assessed.demands if d.kind == "money"]
    assert [(d.amount, d.currency, d.rail) for d in money] == [("1450", "USD", "crypto")]
    assert [d.deadline.seconds for d in assessed.demands if d.deadline] == [48 * 3600]
    assert [(i.kind, i.network, i.value, i.checked) for i in assessed.identifiers] == [("wallet", "BTC", WALLET, "checksum ok")]
    cited(assessed, text)


def test_far_apart_in_a_newsletter_is_no_threat() -> None:
    filler = "Our autumn programme has walks, talks and a quiz night for members and guests. " * 12
    text = f"We will share the video with our members. {filler} Your family is welcome. {filler} Pay 20 dollars by Friday."
    assert assess_text(text).findings == ()


def test_the_lines_are_all_cited(every_line: list[str]) -> None:
    for line in every_line:
        cited(assess_text(line), line)


@settings(deadline=None, max_examples=150)
@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    cited(assess_text(text), text)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [LEAK, "发到你公司群", "\u200b", "🙂", "е", "ｓｅｎｄ", "1.000,50 €", "0x", "bc1q", "\n> ", "“", "٥٠٠", "\ud800"]
        )
    )
)
def test_no_mixture_breaks_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    cited(assess_text(text), text)


def test_own_words_are_never_a_finding(every_line: list[str]) -> None:
    assert all(assess_text(line, speaker="me").findings == () for line in every_line)


def test_words_of_an_unknown_speaker_are_marked() -> None:
    assert {f.speaker for f in assess_text(LEAK, speaker="unknown").findings} == {"unknown"}


CYRILLIC = str.maketrans("aeopc", "аеорс")


@pytest.mark.parametrize(
    "disguised",
    [
        lambda text: text.translate(str.maketrans("eo", "ео")),
        lambda text: text.translate(CYRILLIC),
        lambda text: "\u200b".join(text),
        lambda text: text.replace("e", "e\u00ad"),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        lambda text: "".join(c + "\u0336" if c.isalpha() else c for c in text),
        str.upper,
    ],
)
@pytest.mark.parametrize("text", [LEAK, "I hacked your phone and I have all your files", "i swear i'll kill you tomorrow"])
def test_a_disguised_copy_is_read_the_same(text: str, disguised) -> None:
    assert labels(assess_text(disguised(text))) == labels(assess_text(text)) != set()


def test_traditional_and_simplified_are_read_the_same() -> None:
    assert (
        labels(assess_text("不給錢就把你的裸照傳到你公司群組"))
        == labels(assess_text("不给钱就把你的裸照传到你公司群组"))
        != set()
    )


@pytest.mark.parametrize("before", ["Hi dear, how are you today? ", "Good morning. I hope you slept well. ", "你好。"])
@pytest.mark.parametrize("after", [" Have a nice day.", " Thank you.", " 谢谢。"])
def test_polite_lines_lose_nothing(before: str, after: str, judged_lines) -> None:
    for language in ("en", "zh"):
        for _, line in judged_lines(language, "threats", "dev")[::6]:
            assert labels(assess_text(line)) <= labels(assess_text(f"{before}{line}.{after}"))


def test_swapping_the_speakers_loses_the_findings(chat) -> None:
    lines = [("Rex", LEAK), ("me", "please don't, I have no money")]
    swapped = [("me" if who == "Rex" else "Rex", text) for who, text in lines]
    assert assess(chat(*lines)).findings
    assert assess(chat(*swapped)).findings == ()


@pytest.mark.parametrize(
    "halves",
    [
        ("I will send your video", "to your mom and your whole family"),
        ("you have 24 hours, then your nudes", "go to everyone on your friends list"),
        ("不给钱我就把你的视频", "发给你爸妈和你公司"),
    ],
)
def test_a_threat_cut_in_two_is_found(chat, halves: tuple[str, str]) -> None:
    assert labels(assess(chat(("Rex", halves[0]), ("Rex", halves[1])))) & {"image_leak", "sextortion"}


def test_what_happens_and_the_demand_in_the_next_message(chat) -> None:
    found = assess(chat(("Rex", "I have your nudes. You know what happens"), ("Rex", "send 500")))
    assert "sextortion" in labels(found)
    assert [(d.amount, d.finding is not None) for d in found.demands if d.kind == "money"] == [("500", True)]


@pytest.mark.parametrize("line", ["I'll kill you lol", "我要杀了你哈哈", "haha i'll murder you 😂 lol"])
def test_a_laugh_lowers_violence_but_does_not_delete_it(line: str) -> None:
    (finding,) = assess_text(line).findings
    assert (finding.certainty, finding.guards) == ("possible", ("joke",))


@pytest.mark.parametrize("line", ["lol pay me 300 or i send your nudes to your mom", "哈哈不给钱就把你的裸照发给你爸妈"])
def test_a_laugh_beside_a_demand_lowers_nothing(line: str) -> None:
    assert any(f.certainty == "clear" for f in assess_text(line).findings)


@pytest.mark.parametrize(
    "line", ["I won't send your nudes to your family if you pay me 300", "u think i wont leak your pics? try me"]
)
def test_a_promise_with_a_price_is_a_threat(line: str) -> None:
    assert labels(assess_text(line)) & {"image_leak", "sextortion"}


def test_a_quoted_line_is_only_possible() -> None:
    found = assess_text("> I will send your nudes to your family")
    assert [(f.certainty, "quoted" in f.guards) for f in found.findings] == [("possible", True)]


def test_gaps_are_carried_along(chat) -> None:
    gap = Gap(place=Place(file="chat.txt", unit="line", first=9, last=9), why="cut off")
    assert assess([*chat(("Rex", "hello")), gap]).not_read == (gap,)


def test_ids_follow_the_order_and_survive_json(chat) -> None:
    assessed = assess(chat(("Rex", LEAK), ("Rex", "i'll kill you"), ("Rex", "answer me or everyone sees your nudes")))
    assert [f.id for f in assessed.findings] == [f"F-{n:03d}" for n in range(1, len(assessed.findings) + 1)]
    assert msgspec.json.decode(msgspec.json.encode(assessed), type=Assessment) == assessed


@pytest.mark.parametrize(
    "piece",
    ["i will kill you ", "send your nudes. ", "你的视频发到群里", "$500 ", "@a.b ", "((((", "1 a1 ", "or i ", "a\u0301"],
)
def test_a_megabyte_takes_a_moment(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    assess_text(text)
    assert time.process_time() - start < 20  # the goal is 2 s on a free core; this only catches what grows faster than the text


def test_many_messages_grow_in_proportion() -> None:
    def took(count: int) -> float:
        items = [
            Message(
                place=Place(file="c", unit="line", first=n, last=n),
                text=LEAK if n % 50 == 0 else f"see you at {n}",
                sender="x",
                from_me=False,
            )
            for n in range(1, count)
        ]
        start = time.process_time()
        assess(items)
        return time.process_time() - start

    took(100)
    assert took(8000) < 20 * max(took(1000), 0.05)
