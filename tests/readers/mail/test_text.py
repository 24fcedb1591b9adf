"""The text a person sees: charsets, encodings, pages, alternatives, and what was hidden."""

from __future__ import annotations

import base64
import quopri

import pytest

HEAD = b"From: a@b.example\nTo: c@d.example\nSubject: s\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n"


def plain(data: bytes, charset: str = "", encoding: str = "") -> bytes:
    kind = b"Content-Type: text/plain" + (f"; charset={charset}".encode() if charset else b"") + b"\n"
    coded = f"Content-Transfer-Encoding: {encoding}\n".encode() if encoding else b""
    return HEAD + kind + coded + b"\n" + data


def page(data: str) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + data.encode()


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("gb2312", "gb18030", "我会把照片发给你所有的朋友，镕"),
        ("GBK", "gbk", "三天之内付款"),
        ("big5", "big5", "三天之內付款"),
        ("iso-2022-jp", "iso2022_jp", "すみません。"),
        ("ISO-2022-JP", "iso2022_jp_ext", "ﾊﾝｶｸ"),
        ("shift_jis", "cp932", "写真を公開する①"),
        ("euc-jp", "euc_jp", "写真を公開する"),
        ("ks_c_5601-1987", "cp949", "사진을 퍼뜨리겠다 똠"),
        ("euc-kr", "cp949", "사진을"),
        ("koi8-r", "koi8_r", "Заплати сегодня"),
        ("windows-1251", "cp1251", "Заплати сегодня"),
        ("cp-1251", "cp1251", "Заплати сегодня"),
        ("cp-850", "cp850", "Größe"),
        ("x-mac-cyrillic", "mac_cyrillic", "Заплати"),
        ("macintosh", "mac_roman", "Größe"),
        ("windows-1256", "cp1256", "ادفع الآن"),
        ("iso-8859-8-i", "iso8859_8", "שלם עכשיו"),
        ("tis-620", "cp874", "จ่ายเงิน"),
        ("utf8", "utf-8", "größer"),
        ('"UTF-8"', "utf-8", "größer"),
        ("utf-7", "utf-7", "größer"),
        ("unicode-1-1-utf-7", "utf-7", "größer"),
        ("utf-16", "utf-16", "größer"),
    ],
)
def test_charsets_and_their_other_names(mails, charset: str, codec: str, text: str) -> None:
    for encoding, coded in (
        ("base64", base64.encodebytes(text.encode(codec))),
        ("quoted-printable", quopri.encodestring(text.encode(codec))),
    ):
        message = mails.one(plain(coded, charset, encoding))
        assert message.text == text
        assert message.raw is None
        assert not {"charset_guessed", "bad_bytes"} & set(message.doubts)


@pytest.mark.parametrize("charset", ["", "us-ascii", "unknown-8bit", "no-such-thing", "rot13", "unicode_escape", "punycode"])
def test_a_missing_or_unknown_charset_is_guessed_and_said(mails, charset: str) -> None:
    assert mails.one(plain("Größe".encode(), charset)).text == "Größe"
    assert mails.one(plain("Größe".encode("latin-1"), charset)).text == "Größe"
    assert "charset_guessed" in mails.one(plain("Größe".encode(), charset)).doubts
    assert mails.one(plain(b"plain", charset)).text == "plain"


def test_a_wrong_charset_is_repaired_with_the_raw_text_kept(mails) -> None:
    message = mails.one(plain("naïve café".encode(), "iso-8859-1"))
    assert message.text == "naïve café"
    assert message.raw == "naïve café".encode().decode("latin-1")
    assert "charset_guessed" in message.doubts


def test_plain_letters_are_not_read_as_pairs_of_bytes(mails) -> None:
    message = mails.one(plain(b"pay now.", "utf-16"))
    assert message.text == "pay now."
    assert "charset_guessed" in message.doubts


def test_bad_bytes_are_shown_and_kept(mails) -> None:
    message = mails.one(plain(b"gr\xc3\xb6\xc3\x9fer \xff und mehr Text darum herum", "utf-8"))
    assert message.text == "größer \ufffd und mehr Text darum herum"
    assert message.raw == "größer \\xff und mehr Text darum herum"
    assert "bad_bytes" in message.doubts


def test_damaged_base64_gives_what_is_whole(mails) -> None:
    coded = base64.b64encode(b"I know where you live and work.")
    for damage in (coded[:-1], coded[:9] + b"!*" + coded[9:], coded + b"=====", coded + b"A"):
        message = mails.one(plain(damage, "utf-8", "base64"))
        assert message.text.startswith("I know where you live and work")
        assert {"damaged_encoding", "structure_ambiguous"} & set(message.doubts)
    two = base64.b64encode(b"first ") + b"==\n" + base64.b64encode(b"second")
    assert mails.one(plain(two, "utf-8", "base64")).text == "first second"


def test_a_footer_under_base64_is_read_as_words(mails) -> None:
    coded = (
        base64.encodebytes("You have two days, größer.".encode())
        + b"_______________\ntalk mailing list\nhttps://lists.example\n"
    )
    message = mails.one(plain(coded, "utf-8", "base64"))
    assert message.text == "You have two days, größer.\n_______________\ntalk mailing list\nhttps://lists.example\n"
    assert "structure_ambiguous" in message.doubts


def test_other_transfer_encodings(mails) -> None:
    assert mails.one(plain(b"begin 644 x\n#0V%T\n`\nend\n", "utf-8", "x-uuencode")).text == "Cat"
    assert mails.one(plain(b"as it stands", "utf-8", "x-strange")).text == "as it stands"
    assert "unknown_encoding" in mails.one(plain(b"as it stands", "utf-8", "x-strange")).doubts
    assert mails.one(plain(b"soft =\nbreak =3D done=", "utf-8", "quoted-printable")).text == "soft break = done"


def test_numeric_entities_in_plain_text_are_decoded(mails) -> None:
    message = mails.one(plain(b"I h&#97;ve y&#111;ur p&#x61;ssw&#111;rd &amp; &#55357;&#56832;"))
    assert message.text == "I have your password &amp; 😀"
    assert message.raw == "I h&#97;ve y&#111;ur p&#x61;ssw&#111;rd &amp; &#55357;&#56832;"
    assert "entities_in_plain_text" in message.doubts
    assert mails.one(plain(b"&#" + b"9" * 50_000)).text.startswith("&#999")


def test_entities_encoded_twice_in_a_page(mails) -> None:
    message = mails.one(page("<p>p&amp;#97;y &lt;now&gt;</p>"))
    assert message.text == "pay <now>"
    assert "entities_in_plain_text" in message.doubts


def test_a_page_as_text(mails) -> None:
    message = mails.one(
        page(
            "<html><head><title>t</title><style>p{color:red}</style></head><body><script>alert(1)</script><h1>Hello&nbsp;you</h1>"
            "<p>Line <b>1</b><br>line 2</p><ul><li>a<li>b</ul><table><tr><td>1</td><td>2</td></tr></table>"
            "<a href='https://pay.example/x'>Pay here</a> <a href='https://pay.example'>pay.example</a>"
            "<blockquote type=cite>older<br>words</blockquote></body></html>"
        )
    )
    assert message.text == (
        "Hello\xa0you\n\nLine 1\nline 2\n\n- a\n- b\n\n1\t2\n\nPay here (https://pay.example/x) pay.example\n\n> older\n> words"
    )
    assert message.raw is None


def test_blanks_of_a_page_are_those_a_person_sees(mails) -> None:
    page_text = (
        "<p>Hello <b> you</b> <i>there</i></p>\n<table><tr>\n<td>\n<p>in a cell</p></td>\n</tr></table><pre>a\n  b</pre>"
    )
    assert mails.one(page(page_text)).text == "Hello you there\n\nin a cell\n\na\n  b"


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>NOISE</span>",
        "<span style='DISPLAY : none !important'>NOISE</span>",
        "<span style='visibility:hidden'>NOISE</span>",
        "<span style='font-size:0'>NOISE</span>",
        "<span style='font-size:0.1px;color:#333'>NOISE</span>",
        "<span style='opacity:0'>NOISE</span>",
        "<font color=white>NOISE</font>",
        "<font color='#FFFFFF'>NOISE</font>",
        "<span style='color:rgb(255, 255, 255)'>NOISE</span>",
        "<div style='background:#000'><span style='color:#010101'>NOISE</span></div>",
        "<p hidden>NOISE</p>",
        "<div style='max-height:0;overflow:hidden'>NOISE</div>",
        "<style>.q9 {display:none}</style><i class='a q9'>NOISE</i>",
        "<!-- --><span style='mso-hide:all'>NOISE</span>",
    ],
)
def test_hidden_text_is_left_out_and_said(mails, hidden: str) -> None:
    message = mails.one(page(f"<p>Pay {hidden}now</p>"))
    assert "NOISE" not in message.text
    assert " ".join(message.text.split()) == "Pay now"
    assert "hidden_text" in message.doubts
    assert message.raw is not None
    assert "NOISE" in message.raw


@pytest.mark.parametrize(
    "seen",
    [
        "<span style='color:#fff;background-color:#000'>SEEN</span>",
        "<td bgcolor=black><font color=white>SEEN</font></td>",
        "<span style='font-size:10px'>SEEN</span>",
        "<span style='font-size:1.2em'>SEEN</span>",
        "<span style='opacity:0.9'>SEEN</span>",
        "<div style='font-size:0'><span style='font-size:14px'>SEEN</span></div>",
        "<style>@media screen {.m{display:none}}</style><i class=m>SEEN</i>",
    ],
)
def test_what_can_be_seen_is_not_called_hidden(mails, seen: str) -> None:
    message = mails.one(page(f"<p>Pay {seen} now</p>"))
    assert "SEEN" in message.text
    assert "hidden_text" not in message.doubts


def test_letters_of_no_width_inside_words(mails) -> None:
    message = mails.one(page("<p>pass\u200bw\u2060ord vi\u00addeo \u0645\u06cc\u200c\u062f\u0647\u0645</p>"))
    assert message.text == "password video \u0645\u06cc\u200c\u062f\u0647\u0645"
    assert "hidden_text" in message.doubts


def test_look_alike_letters_stay_as_they_are(mails) -> None:
    assert mails.one(page("<p>m\u0251sturb\u0430tion</p>")).text == "m\u0251sturb\u0430tion"


def two(text: str, html: str) -> bytes:
    return (
        HEAD
        + b"Content-Type: multipart/alternative; boundary=cut\n\n--cut\nContent-Type: text/plain; charset=utf-8\n\n"
        + text.encode()
        + b"\n--cut\nContent-Type: text/html; charset=utf-8\n\n"
        + html.encode()
        + b"\n--cut--\n"
    )


def test_alternatives_that_say_the_same(mails) -> None:
    message = mails.one(two("I will post your pictures on Friday.", "<p>I will post your <b>pictures</b> on Friday.</p>"))
    assert message.text == "I will post your pictures on Friday."
    assert message.doubts == ()
    assert message.attachments == ()


def test_alternatives_that_differ(mails, bytes_of) -> None:
    data = two(
        "Dear customer, thank you for your order of garden tools, it will arrive soon. " * 3,
        "<p>I have filmed you. Send one thousand dollars in two days or everyone you know gets the film.</p>",
    )
    message = mails.one(data)
    assert message.text.startswith("Dear customer")
    assert "alternatives_differ" in message.doubts
    assert [(one.part, one.media_type) for one in message.attachments] == [(("1", "2"), "text/html")]
    (child,) = mails.children(data)
    assert b"filmed you" in bytes_of(child)


def test_a_stub_is_not_the_text(mails) -> None:
    message = mails.one(
        two("Please view this mail as a page.", "<p>" + "I have filmed you and you will pay me for it. " * 12 + "</p>")
    )
    assert message.text.startswith("I have filmed you")
    assert "alternatives_differ" in message.doubts
    assert [one.part for one in message.attachments] == [("1", "1")]


def test_all_inline_text_belongs_to_the_text(mails) -> None:
    data = (
        HEAD + b"Content-Type: multipart/mixed; boundary=cut\n\n--cut\n\nfirst\n--cut\nContent-Type: image/png; name=a.png\n"
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--cut\nContent-Type: text/html\n\n<p>second</p>\n--cut--\n"
    )
    message = mails.one(data)
    assert message.text == "first\n\nsecond"
    assert [(one.name, one.part) for one in message.attachments] == [("a.png", ("1", "2"))]


def test_a_picture_instead_of_text(mails) -> None:
    data = HEAD + b"Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    message = mails.one(data)
    assert message.text == ""
    assert "text_in_picture" in message.doubts
    assert [one.part for one in message.attachments] == [("1", "1")]


def test_a_chat_forwarded_by_mail_stays_whole(mails) -> None:
    """As WeChat writes it: name, time and words, line by line, in one text."""
    chat = "聊天记录\n\n—————  2024-03-05  —————\n\n小明  21:14\n\n三天之内付钱\n\n我  21:15\n\n[图片]\n"
    assert mails.one(plain(chat.encode(), "utf-8")).text == chat


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("gb18030", "我有你的照片。限你三天之内转账五千元，否则我会发给你的家人和朋友。"),
        ("gb18030", "请尽快联系我，微信号 abc123"),
        ("cp950", "我有你的照片。限你三天之內轉帳五千元，否則我會發給你的家人和朋友。"),
        ("cp949", "당신의 사진을 가지고 있습니다. 돈을 보내지 않으면 가족에게 보내겠습니다."),
        ("cp932", "あなたの写真を持っています。お金を払わなければ家族に送ります。"),
        ("euc_jp", "あなたの写真を持っています。お金を払わなければ家族に送ります。"),
        ("cp1251", "У меня есть ваши фотографии. Отправьте деньги сегодня."),
        ("koi8_r", "У меня есть ваши фотографии. Отправьте деньги сегодня."),
        ("cp1252", "Ich habe deine Fotos, schöne Grüße – bis morgen"),
        ("cp1252", "élève à l’été"),
    ],
)
def test_a_charset_nobody_names_is_guessed_by_its_letters_and_said_so(mails, codec, text):
    message = mails.one(plain(text.encode(codec) + b"\n"))
    assert (message.text, "charset_guessed" in message.doubts) == (text + "\n", True)


@pytest.mark.parametrize("words", ["I have your pictures and will send them to all", "Hello"])
def test_words_said_to_be_base64_stay_words(mails, words):
    message = mails.one(plain(words.encode() + b"\n", "utf-8", "base64"))
    assert message.text == words + "\n"
    assert "structure_ambiguous" in message.doubts


@pytest.mark.parametrize("damage", [lambda coded: coded[:-3], lambda coded: coded.replace(b"\n", b" \n", 1)])
def test_damaged_base64_is_still_decoded(mails, damage):
    text = "I have your pictures and will send them to all your friends unless you pay me by Friday evening. " * 3
    message = mails.one(plain(damage(base64.encodebytes(text.encode())), "utf-8", "base64"))
    assert message.text.startswith(text[:200])
