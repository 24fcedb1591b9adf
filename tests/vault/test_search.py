"""The index and the scan give the same answers, and both find what people look for."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.model import Furniture, Message, Place
from holdfast.vault import FolderStore, MemoryStore, VaultIndex, scan
from holdfast.vault.index import Row
from holdfast.vault.words import LONGEST, phrases_of, words_of

TALK = [
    "I will KILL you tonight",
    "我要杀了你，转账五万",
    "آپ کی تصویریں بھیج دوں گا",
    "Café résumé naïve Straße",
    "send ٥٠٠ rupees or 500 dollars",
    "ｆｕｌｌ ｗｉｄｔｈ 🔪🔪",
    "don't tell anyone, wallet bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh",
    "가나다라 한국어로 말해",
    "明日までに払え、さもないと写真を送る",
    "я тебя Найду",
    "pay me 杀 now",
    "zero\u200bwidth",
    "บอกทุกคน",
]


def reading(texts: list[str]) -> list[bytes]:
    """A reading of these messages, with furniture between them."""
    lines = []
    for number, text in enumerate(texts, 1):
        place = Place(file="chat.txt", unit="line", first=number, last=number)
        lines.append(msgspec.json.encode(Message(place=place, text=text, sender="A")))
        lines.append(msgspec.json.encode(Furniture(place=place, text="kill everyone")))
    return [b"\n".join(lines)]


def case_with(case, store, *readings: list[str]):
    vault = case.new(store)
    for number, texts in enumerate(readings, 1):
        case.add(vault, b"chat %d" % number)
        vault.derive(f"EX-{number:04}", "reading", "application/jsonl", reading(texts))
    return vault


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kill", [1]), ("kill you", [1]), ("you kill", [1]), ('"kill you"', [1]), ('"you kill"', []), ("KIL*", [1]),
        ("kil", []), ("杀", [2, 11]), ("杀了", [2]), ("了杀", []), ("转账五万", [2]), ("杀 转账", [2]), ("pay 杀", [11]),
        ("تصویریں", [3]), ("تصويريں", [3]), ("تصوی*", [3]), ("cafe", [4]), ("RÉSUMÉ", [4]), ("strasse", [4]), ("500", [5]),
        ("full width", [6]), ("🔪", [6]), ("don't", [7]), ("dont", []), ("bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh", [7]),
        ("나다", [8]), ("말", [8]), ("写真", [9]), ("写真を送る", [9]), ("найду", [10]), ("zerowidth", [12]), ("ทุก", [13]),
        ("", []), ("*", []), ('"', []), ("...", []), ("AND", []), ("kill OR nothing", []), ("text:kill", []),
        ("NEAR(kill you)", []),
    ],
)  # fmt: skip
def test_what_people_look_for(case, query, found):
    vault = case_with(case, MemoryStore(), TALK)
    hits = VaultIndex(vault).search(query)
    assert [hit.ordinal for hit in hits] == found
    assert hits == scan(vault, query)
    assert all(hit.place.first == hit.ordinal for hit in hits)


LETTERS = "aAbe\u0301éßＡ杀了我가ガがカﾞ한ی يكہهé\u0654\u064b٥5۵🔪.*\"' \n\u200b\u200d\u3000\u00a0\u0000\ud800ไทยक़िİıﬁΣς𠮷-_$€"
texts = st.lists(st.text(alphabet=LETTERS, max_size=12) | st.text(max_size=8), max_size=8)


@settings(max_examples=150, deadline=None)
@given(texts, st.text(alphabet=LETTERS, max_size=5) | st.text(max_size=3), st.data())
def test_index_and_scan_agree(texts, query, data):
    """Over any text and any query, pieces of the text itself included."""
    if texts and data.draw(st.booleans()):
        piece = data.draw(st.sampled_from(texts))
        start = data.draw(st.integers(0, len(piece)))
        query = piece[start : start + data.draw(st.integers(1, 4))] + data.draw(st.sampled_from(["", "*"]))
    index = VaultIndex.__new__(VaultIndex)
    index._path, index._case, index.unread = None, NoReadings(), {}
    index._database = index._connected()
    rows = [Row(number, Place(file="", unit="line", first=number, last=number), text) for number, text in enumerate(texts, 1)]
    index.add("EX-0001", rows)
    phrases = phrases_of(query)
    expected = [row.ordinal for row in rows if phrases and all(phrase.within(words_of(row.text)) for phrase in phrases)]
    assert [hit.ordinal for hit in index.search(query)] == expected


class NoReadings:
    def readings(self):
        return {}


def test_hits_come_in_order_of_the_case_and_stop_at_the_limit(case):
    vault = case_with(case, MemoryStore(), ["x"] * 30, ["y x"] * 30)
    index = VaultIndex(vault)
    assert [(hit.exhibit, hit.ordinal) for hit in index.search("x", 40)[28:33]] == [
        ("EX-0001", 29), ("EX-0001", 30), ("EX-0002", 1), ("EX-0002", 2), ("EX-0002", 3),
    ]  # fmt: skip
    assert index.search("x", 40) == scan(vault, "x", 40)
    assert len(index.search("x", 1000)) == 60


def test_a_hit_says_where_its_line_stands(case, folder):
    vault = case_with(case, FolderStore(folder), ["one x", "två 杀\u2028 x", "no"], [f"{number} x" for number in range(3000)])
    hits = VaultIndex(vault).search("x", 5000)
    assert len(hits) == 3002
    for hit in hits[:3] + hits[-3:]:
        line = vault.open_object(vault.readings()[hit.exhibit]).read_at(hit.offset, hit.size)
        assert msgspec.json.decode(line)["place"]["first"] == hit.place.first


def test_a_newer_reading_takes_the_place_of_the_older(case, folder):
    vault = case_with(case, FolderStore(folder), ["old words", "both"])
    index = VaultIndex(vault)
    assert len(index.search("old")) == 1
    vault.derive("EX-0001", "reading", "application/jsonl", reading(["new words"]))
    assert index.search("old") == index.search("both") == []
    assert len(index.search("words")) == 1


def test_the_index_can_be_deleted_and_damaged(case, folder):
    vault = case_with(case, FolderStore(folder), TALK * 50)
    path = folder / "index.db"
    expected = scan(vault, "杀了")
    for harm in (
        lambda: path.unlink(),
        lambda: path.write_bytes(b""),
        lambda: path.write_bytes(b"not a database" * 500),
        lambda: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
        lambda: path.write_bytes(path.read_bytes()[:9000] + b"\xff" + path.read_bytes()[9001:]),
    ):
        index = VaultIndex(vault)
        assert index.search("杀了") == expected
        index.close()
        harm()
        assert VaultIndex(vault).search("杀了") == expected


def test_the_index_of_another_case_is_made_anew(case, folder, tmp_path):
    vault = case_with(case, FolderStore(folder), TALK)
    other = case_with(type(case)(), FolderStore(tmp_path / "other"), ["something else"])
    VaultIndex(other).close()
    (tmp_path / "other" / "index.db").rename(folder / "index.db")
    assert VaultIndex(vault).search("kill") == scan(vault, "kill") != []


def test_the_index_shows_no_words(case, folder):
    vault = case_with(case, FolderStore(folder), ["CANARY-7f3a kill"] * 2_000)
    index = VaultIndex(vault)
    assert len(index.search("canary", 5_000)) == 2_000
    index.close()
    for path in folder.glob("index.db*"):
        content = path.read_bytes()
        assert not any(word in content for word in (b"CANARY", b"canary", b"kill", b"chat.txt", b"SQLite format"))


def test_a_damaged_reading_is_named_and_the_rest_is_found(case):
    store = MemoryStore()
    vault = case_with(case, store, ["first kill"], ["second kill"])
    broken = vault.readings()["EX-0001"].id
    name = f"objects/{broken[:2]}/{broken}.age"
    store.files[name] = store.files[name][:-1] + b"\0"
    index = VaultIndex(vault)
    assert [hit.exhibit for hit in index.search("kill")] == ["EX-0002"]
    assert name in index.unread["EX-0001"]


def test_a_case_that_can_only_be_read_is_searched_in_memory(case, folder, monkeypatch):
    vault = case_with(case, FolderStore(folder), TALK)
    index = VaultIndex(vault, folder / "not" / "there" / "index.db")
    assert [hit.ordinal for hit in index.search("杀了")] == [2]


def test_words_without_end_are_cut_alike():
    text = "a" * (LONGEST + 50) + " b"
    assert words_of(text) == "a" * LONGEST + " b"
    assert phrases_of("a" * (LONGEST + 10))[0].within(words_of(text))
