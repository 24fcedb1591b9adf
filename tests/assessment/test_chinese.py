"""Chinese as it is written in different places: simplified, traditional, written Cantonese; its threats and its calm."""

from __future__ import annotations

import pytest

from holdfast.assessment import assess_text
from holdfast.assessment.scripts import SAME_LENGTH

LINES = ("dev", "held_out", "round5", "round6", "round7", "round8", "round9", "round10")
HAN = range(0x4E00, 0xA000)
CANTONESE = "唔冇嘅啲佢喺咗嗰俾畀睇搵攞嚟咁噉"
TRADITIONAL = {}
for code, new in SAME_LENGTH.items():
    if code in HAN and chr(code) not in CANTONESE + "您妳" and len(new) == 1:
        TRADITIONAL.setdefault(ord(new), chr(code))


def labels(text: str, speaker: str = "other") -> set[str]:
    return {finding.label for finding in assess_text(text, speaker=speaker).findings}


@pytest.mark.parametrize("kind", ["threats", "traps"])
@pytest.mark.parametrize("part", LINES)
def test_traditional_letters_change_no_verdict(judged_lines, kind: str, part: str) -> None:
    changed = 0
    for _, line in judged_lines("zh", kind, part):
        other = line.translate(TRADITIONAL)
        changed += other != line
        assert labels(other) == labels(line), line
    assert changed


@pytest.mark.parametrize("part", LINES)
def test_quotes_are_the_words_at_their_place(judged_lines, part: str) -> None:
    for _, line in judged_lines("zh", "threats", part):
        found = assess_text(line)
        for one in (*found.findings, *found.demands):
            assert one.quote == line[one.start : one.end] != ""
        for demand in found.demands:
            if demand.deadline:
                assert demand.deadline.quote == line[demand.deadline.start : demand.deadline.end]


@pytest.mark.parametrize("part", ["round5", "round6", "round7", "round8", "round9", "round10"])
def test_later_rounds_stay_found_and_quiet(judged_lines, part: str) -> None:
    threats, traps = judged_lines("zh", "threats", part), judged_lines("zh", "traps", part)
    assert sum(bool(labels(line)) for _, line in threats) >= 0.75 * len(threats)
    assert sum(bool(labels(line)) for _, line in traps) <= 0.05 * len(traps)
    assert not any(labels(line, "me") for _, line in threats)


@pytest.mark.parametrize(
    ("mandarin", "cantonese"),
    [
        ("不给钱我就把你的裸照发给你同学看", "唔畀錢我就將你啲裸照send俾你同學睇"),
        ("我会找人砍死你", "我會搵人斬死你"),
        ("如果不是，我就把你那条片发给你老板", "如果唔係，我就將你條片發俾你老細"),
    ],
)
def test_written_cantonese_is_read(mandarin: str, cantonese: str) -> None:
    assert labels(cantonese) & labels(mandarin)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("再不还钱，我们就群发你的通讯录，打电话给你们村委会", "debt_shaming"),
        ("这里是市公安局，你涉嫌洗钱，立即把钱转到安全账户配合核查，不准告诉家人", "swatting_legal"),
        ("再嘴硬我就把你开盒挂网上，身份证和住址我都有", "doxxing"),
        ("你换了锁也没用，昨晚你十一点才关灯", "stalking"),
        ("你敢分手，我今晚就割腕死给你看", "selfharm_encouragement"),
        ("我用AI把你的脸换到黄片上了，不给钱就发你们公司群", "synthetic_image"),
        ("你儿子在我们手上，准备五十万赎人", "abduction_claim"),
    ],
)
def test_each_kind_of_threat_has_its_label(line: str, label: str) -> None:
    assert label in labels(line)


@pytest.mark.parametrize(
    "line",
    [
        "国家反诈中心提醒您：凡自称公安要求您把钱转到安全账户的，都是诈骗，请立即拨打96110。",
        "如有人声称已入侵您的手机并要求支付比特币，请勿付款，保留证据并报警。",
        "律师函：贵司未经授权使用我方照片，请于三日内删除，否则我方将提起诉讼。",
        "我前男友发消息说“不复合就把照片发给你爸妈”，我好怕",
        "我带人去你家吃火锅，你准备锅底就行",
        "您的信用卡账单2,380元已逾期，请尽快还款，以免影响征信。",
    ],
)
@pytest.mark.parametrize("speaker", ["other", "unknown"])
def test_warnings_notices_and_frightened_words_stay_quiet(line: str, speaker: str) -> None:
    assert labels(line, speaker) == set()


@pytest.mark.parametrize(
    ("line", "amount", "currency"),
    [
        ("聽日之前過數五萬蚊，如果唔係你條裸片就send俾你老細", "50000", "HKD"),
        ("六百块凑一下，凑不到就把你的裸照发给你同学", "600", "CNY"),
        ("转我500USDT，不然裸照发给你爸妈", "500", "USDT"),
        ("八千八买断，不然你的裸照发到公司群", "8800", None),
        ("匯三萬台幣，否則妳的裸照傳到妳系上", "30000", "TWD"),
    ],
)
def test_money_as_it_is_said(line: str, amount: str, currency: str | None) -> None:
    (demand,) = [d for d in assess_text(line).demands if d.kind == "money"]
    assert (demand.amount, demand.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("聽日之前", "聽日之前畀錢，唔係我就將你啲裸照放上網"),
        ("天亮之前", "天亮之前转两千，不然裸照发给你爸"),
        ("半个钟内", "半个钟内转两千，不然裸照发给你爸"),
        ("礼拜五之前", "礼拜五之前转两千，不然裸照发给你爸"),
        ("下班前", "下班前转两千，不然裸照发给你爸"),
    ],
)
def test_time_limits_as_they_are_said(words: str, line: str) -> None:
    assert words in {d.deadline.quote for d in assess_text(line).demands if d.deadline}
