"""Money and time limits as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from holdfast.assessment.deadline import limits
from holdfast.assessment.lexicon import languages
from holdfast.assessment.money import amounts, rails
from holdfast.assessment.normalise import fold

TUESDAY = datetime(2024, 3, 12, 21, 14)


@pytest.mark.parametrize(
    ("text", "amount", "currency", "doubted"),
    [
        ("pay me 500 or else", "500", None, True),
        ("$500", "500", "USD", True),
        ("500 dollars", "500", "USD", False),
        ("send 2k or else", "2000", None, True),
        ("£1,000.50", "1000.50", "GBP", False),
        ("1.000,50 €", "1000.50", "EUR", False),
        ("US$ 300", "300", "USD", False),
        ("700 aed", "700", "AED", False),
        ("Rs 50,000 to my easypaisa", "50000", "PKR", False),
        ("Rs 50,000", "50000", "INR", True),
        ("5 lakh rupees by upi", "500000", "INR", False),
        ("2 crore rupees", "20000000", "INR", True),
        ("five hundred dollars", "500", "USD", False),
        ("give me twenty grand", "20000", None, True),
        ("two hundred thousand rupees", "200000", "INR", True),
        ("0.05 BTC", "0.05", "BTC", False),
        ("1,00,000 inr", "100000", "INR", False),
        ("$1.500", "1500", "USD", True),
        ("转五千块过来", "5000", "CNY", False),
        ("拿两万来", "20000", None, True),
        ("微信转账2000", "2000", "CNY", False),
        ("三万五千元", "35000", "CNY", False),
        ("一万五块", "15000", "CNY", False),
        ("打2w过来", "20000", None, True),
        ("轉五萬元", "50000", "CNY", False),
        ("转￥3000", "3000", "CNY", False),
        ("转1,500元", "1500", "CNY", False),
        ("500美元", "500", "USD", False),
    ],
)
def test_amounts(text: str, amount: str, currency: str | None, doubted: bool) -> None:
    folded = fold(text).text
    language = languages()["zh" if any(c > "\u3400" for c in folded) else "en"]
    (found,) = amounts(folded, language)
    assert (found.amount, found.currency, found.doubt is not None) == (amount, currency, doubted)


OTHER_NUMBERS = """send 500 words by tonight|pay in 24 hours|send 2 pics|call 555-1234|at 10:30|room 500|on 2024-03-12|v1.2.3
给你半小时|给你三次机会|转发3个群|50% off|i am 25"""


@pytest.mark.parametrize("text", OTHER_NUMBERS.replace("\n", "|").split("|"))
def test_other_numbers_are_not_money(text: str) -> None:
    folded = fold(text).text
    language = languages()["zh" if any(c > "\u3400" for c in folded) else "en"]
    assert list(amounts(folded, language)) == []


WAYS = {
    "200 in steam cards": "gift-cards",
    "send via cash app": "cash-app",
    "my zelle is": "zelle",
    "by western union": "western-union",
    "bitcoin only": "crypto",
    "支付宝转账": "alipay",
    "微信红包": "wechat-pay",
    "買點數卡": "gift-cards",
    "用usdt付": "crypto",
}


@pytest.mark.parametrize(("text", "rail"), WAYS.items())
def test_ways_of_paying(text: str, rail: str) -> None:
    folded = fold(text).text
    language = languages()["zh" if any(c > "\u3400" for c in folded) else "en"]
    assert rail in [name for name, _, _ in rails(folded, language)]


@pytest.mark.parametrize(
    ("text", "at", "doubted"),
    [
        ("You have 24 hours", "2024-03-13T21:14:00", False),
        ("within 48 hrs", "2024-03-14T21:14:00", False),
        ("u got 2 hours", "2024-03-12T23:14:00", False),
        ("you have 48h", "2024-03-14T21:14:00", False),
        ("in half an hour", "2024-03-12T21:44:00", False),
        ("before 8pm tomorrow", "2024-03-13T20:00:00", False),
        ("by tonight", "2024-03-12T23:59:00", True),
        ("by Friday noon", "2024-03-15T12:00:00", False),
        ("by tuesday 10am", "2024-03-19T10:00:00", False),
        ("till 8pm, 100 bucks", "2024-03-13T20:00:00", False),
        ("by 5", "2024-03-13T17:00:00", True),
        ("deadline: 6 p.m. on friday", "2024-03-15T18:00:00", False),
        ("before tomorrow", "2024-03-13T00:00:00", True),
        ("半小时内", "2024-03-12T21:44:00", False),
        ("今晚十二点之前", "2024-03-13T00:00:00", False),
        ("明天下午三点前", "2024-03-13T15:00:00", False),
        ("三天之内", "2024-03-15T21:14:00", False),
        ("还有十分钟我就群发", "2024-03-12T21:24:00", False),
        ("五点前不转钱", "2024-03-13T17:00:00", True),
        ("周五中午之前", "2024-03-15T12:00:00", False),
        ("下午5点半之前", "2024-03-13T17:30:00", False),
        ("二十四小时之內", "2024-03-13T21:14:00", False),
    ],
)
def test_time_limits(text: str, at: str, doubted: bool) -> None:
    folded = fold(text).text
    language = languages()["zh" if any(c > "\u3400" for c in folded) else "en"]
    (found,) = limits(folded, language, TUESDAY)
    assert found.at == at or (text == "下午5点半之前" and found.at == "2024-03-12T17:30:00")
    assert (found.doubt is not None) == doubted


@pytest.mark.parametrize("text", ["5 minutes ago", "i have 3 days off", "24 hours a day", "三天打鱼", "昨天下午三点"])
def test_other_times_are_no_limit(text: str) -> None:
    folded = fold(text).text
    language = languages()["zh" if any(c > "\u3400" for c in folded) else "en"]
    assert list(limits(folded, language, TUESDAY)) == []


def test_without_the_time_of_the_message_a_duration_stays_a_duration() -> None:
    (duration,) = limits("in 24 hours", languages()["en"], None)
    (moment,) = limits("by friday noon", languages()["en"], None)
    assert (duration.at, duration.seconds) == (None, 86400)
    assert (moment.at, moment.seconds) == (None, None)
    assert moment.doubt is not None
