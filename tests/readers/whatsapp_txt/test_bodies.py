"""What stands after the sender: text, files, and sentences the app wrote."""

from __future__ import annotations

import pytest

from holdfast.model import Furniture, Message
from holdfast.readers import _whatsapp_notices as notices
from holdfast.readers import _whatsapp_phrases as say
from holdfast.readers._whatsapp_body import (
    FIRSTS,
    LASTS,
    OPENINGS,
    Body,
    body_of,
    is_about_sender,
    is_encryption_notice,
    nothing_bare,
    offers_a_tap,
)

ANDROID, IPHONE = "25/03/2024, 21:14 - ", "[25/03/24, 21:14:05] "
PLAIN = f"{IPHONE}Sam: \u200eimage omitted\n"  # a line the app marked, so that this file carries marks


def one(items):
    [message] = [item for item in items if item.place.first == 1]
    assert isinstance(message, Message)
    return message


@pytest.mark.parametrize(
    "body",
    [
        "<Media omitted>",
        "<Multimedia omitido>",
        "<Archivo omitido>",
        "<Mídia oculta>",
        "<Médias omis>",
        "<Medien ausgeschlossen>",
        "<Media omessi>",
        "<Media weggelaten>",
        "<Без медиафайлов>",
        "<pominięto multimedia>",
        "<Medya dahil edilmedi>",
        "<省略多媒体文件>",
        "<忽略多媒體檔>",
        "<メディアは含まれていません>",
        "<Media tidak disertakan>",
        "<मीडिया छोड़ा गया>",
        "<תמונה הושמטה>",
    ],
)
def test_media_left_out_is_an_attachment_that_is_missing(reading, body):
    message = one(reading(f"{ANDROID}Maya: {body}\n"))
    assert (message.event, message.text) == ("media", body)
    assert [(a.name, a.missing) for a in message.attachments] == [("", True)]


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ("image omitted", "media"),
        ("imagen omitida", "media"),
        ("Bild weggelassen", "media"),
        ("image absente", "media"),
        ("图像已忽略", "media"),
        ("sticker omitted", "sticker"),
        ("Contact card omitted", "contact"),
    ],
)
def test_on_an_iphone_the_mark_tells_the_app_from_a_person(reading, body, event):
    app = one(reading(f"\u200e{IPHONE}Maya: \u200e{body}\n"))
    assert (app.event, app.text, app.raw) == (event, body, f"\u200e{body}")
    typed = one(reading(f"{IPHONE}Maya: {body}\n{PLAIN}"))
    assert (typed.event, typed.text, typed.attachments, typed.raw) == (None, body, (), None)


@pytest.mark.parametrize(
    "body", ["image omitted", "<attached: 1.jpg>", "This message was deleted.", "Missed voice call", "a.vcf (x)"]
)
def test_in_a_marked_export_what_carries_no_mark_was_typed(reading, body):
    assert one(reading(f"{IPHONE}Maya: {body}\n{PLAIN}")).event is None


@pytest.mark.parametrize(
    ("body", "name", "event", "kind"),
    [
        ("IMG-20231230-WA0003.jpg (file attached)", "IMG-20231230-WA0003.jpg", "media", "image/jpeg"),
        ("\u200eIMG-20231230-WA0003.jpg (archivo adjunto)", "IMG-20231230-WA0003.jpg", "media", "image/jpeg"),
        ("PTT-20231230-WA0003.opus (Datei angehängt)", "PTT-20231230-WA0003.opus", "media", "audio/ogg"),
        ("VID-20231230-WA0003.mp4 (in keiner Sprache, die wir kennen)", "VID-20231230-WA0003.mp4", "media", "video/mp4"),
        ("STK-20231230-WA0003.webp (fichier joint)", "STK-20231230-WA0003.webp", "sticker", "image/webp"),
        ("Sam Okafor.vcf (file attached)", "Sam Okafor.vcf", "contact", "text/vcard"),
        ("report (final) v2.pdf (arquivo anexado)", "report (final) v2.pdf", "media", "application/pdf"),
        ("合同.docx （文件附件）", "合同.docx", "media", None),
        ("photo.heic (ファイル添付)", "photo.heic", "media", "image/heic"),
    ],
)
def test_files_as_android_names_them(reading, body, name, event, kind):
    message = one(reading(f"{ANDROID}Maya: {body}\n"))
    assert (message.event, message.text) == (event, body.removeprefix("\u200e"))
    [attachment] = message.attachments
    assert (attachment.name, attachment.missing) == (name, True)
    if kind:
        assert attachment.media_type == kind


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("\u200e<attached: 00000042-PHOTO-2024-03-25-21-14-05.jpg>", "00000042-PHOTO-2024-03-25-21-14-05.jpg"),
        ("\u200e<adjunto: 00000042-AUDIO-2024.opus>", "00000042-AUDIO-2024.opus"),
        ("\u200e<Anhang: 00000042-VIDEO.mp4>", "00000042-VIDEO.mp4"),
        ("\u200e<附件：00000042-PHOTO.jpg>", "00000042-PHOTO.jpg"),
        ("\u200e<einkene taal: 00000042-PHOTO.jpg>", "00000042-PHOTO.jpg"),
        ("A plan.pdf • \u200e3 pages \u200e<attached: 00000043-A plan.pdf>", "00000043-A plan.pdf"),
    ],
)
def test_files_as_an_iphone_names_them(reading, body, name):
    message = one(reading(f"\u200e{IPHONE}Maya: {body}\n"))
    assert message.event == "media"
    assert [attachment.name for attachment in message.attachments] == [name]


def test_a_file_beside_the_text_is_its_part(reading):
    body = "IMG-20231230-WA0003.jpg (file attached)"
    message = one(reading(f"{ANDROID}Maya: {body}\nlook\n", beside={"IMG-20231230-WA0003.jpg"}, part=("chat.txt",)))
    assert message.attachments[0].part == ("IMG-20231230-WA0003.jpg",)
    assert not message.attachments[0].missing
    assert message.text == f"{body}\nlook"
    message = one(reading(f"{ANDROID}Maya: {body}\n", beside={"in/IMG-20231230-WA0003.jpg"}, part=("in/chat.txt",)))
    assert message.attachments[0].part == ("in/IMG-20231230-WA0003.jpg",)


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "..\\x.jpg", "/etc/x.jpg"])
def test_a_name_that_leads_elsewhere_finds_nothing(reading, name):
    message = one(reading(f"{ANDROID}Maya: {name} (file attached)\n", beside={name}, part=("chat.txt",)))
    assert message.attachments[0].missing


@pytest.mark.parametrize(
    "body",
    [
        "This message was deleted",
        "This message was deleted.",
        "Se eliminó este mensaje.",
        "Mensagem apagada",
        "Ce message a été supprimé.",
        "Diese Nachricht wurde gelöscht.",
        "Данное сообщение удалено",
        "تم حذف هذه الرسالة",
        "यह मैसेज हटा दिया गया",
        "此消息已删除",
        "このメッセージは削除されました。",
        "삭제된 메시지입니다.",
        "This message was deleted by admin Sam",
    ],
)
def test_deleted_messages_stay(reading, body):
    message = one(reading(f"{ANDROID}Maya: {body}\n"))
    assert (message.event, message.text, message.from_me) == ("deleted", body, None)


@pytest.mark.parametrize(
    "body", ["You deleted this message.", "Eliminaste este mensaje.", "Du hast diese Nachricht gelöscht.", "你已删除此消息"]
)
def test_you_deleted_is_me(reading, body):
    assert one(reading(f"{ANDROID}Maya: {body}\n")).from_me is True


@pytest.mark.parametrize(
    "suffix",
    [
        " <This message was edited>",
        " \u200e<This message was edited>",
        " <Se editó este mensaje.>",
        " <Diese Nachricht wurde bearbeitet.>",
        " <Mensagem editada>",
        " <此消息已编辑>",
    ],
)
def test_edited_is_said_apart_and_kept_raw(reading, suffix):
    for at in (ANDROID, IPHONE):
        message = one(reading(f"{at}Maya: see you\nthere{suffix}\n"))
        assert (message.text, message.edited, message.event) == ("see you\nthere", True, None)
        assert message.raw == f"see you\nthere{suffix}"


def test_an_edited_suffix_in_an_unknown_language_is_known_by_its_mark(reading):
    message = one(reading(f"{IPHONE}Maya: see you \u200e<Nobody knows this sentence>\n"))
    assert (message.text, message.edited) == ("see you", True)
    assert not one(reading(f"{ANDROID}Maya: see you <not this one>\n")).edited


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ("Missed voice call", "call"),
        ("Video call, 5 min", "call"),
        ("Voice call. \u200e12 sec", "call"),
        ("Llamada perdida", "call"),
        ("Voice call, No answer", "call"),
        ("Video call, Answered on other device", "call"),
        ("Silenced voice call, Focus mode", "call"),
        ("Group call, 3 invited", "call"),
        ("Llamada de voz perdida a las 9:14 p. m.", "call"),
        ("Verpasster Sprachanruf um 21:14", "call"),
        ("未接语音通话", "call"),
        ("Location: https://maps.google.com/?q=52.5,13.4", "location"),
        ("location: https://maps.google.com/?q=-1.28,36.8", "location"),
        ("Ubicación: https://maps.google.com/?q=52.5,13.4", "location"),
        ("live location shared", "location"),
        ("POLL:\nTea?\nOPTION: yes (2 votes)\nOPTION: no (0 votes)", "poll"),
        ("ENCUESTA:\n¿Té?\nOPCIÓN: sí (1 voto)\nOPCIÓN: no (0 votos)", "poll"),
    ],
)
def test_calls_places_and_polls(reading, body, event):
    message = one(reading(f"{ANDROID}Maya: {body}\n"))
    assert (message.event, message.text) == (event, body)
    marked = one(reading(f"{IPHONE}Maya: \u200e{body}\n"))
    assert (marked.event, marked.text) == (event, body)


@pytest.mark.parametrize(
    "body",
    [
        "Video call me when you can, I have five more questions about that",
        "Missed voice calls are the worst",
        "Video call tonight?",
        "Video call at 9?",
        "Group call tomorrow",
        "Voice call, let us do that when you are home",
        "poll: what do you think (2 options)",
        "I know a place: https://example.org/x",
        "<3",
        "see <attached: nothing",
        "ok (file attached)",
        "You deleted this message, why?",
        "Location: unknown",
        "mail me at a@example.org (work)",
    ],
)
def test_words_stay_words(reading, body):
    assert one(reading(f"{ANDROID}Maya: {body}\n")).event is None


def test_a_call_without_a_sender_is_furniture(reading):
    [call] = reading(f"{ANDROID}Missed voice call\n")
    assert isinstance(call, Furniture)
    assert call.event == "call"


UNMARKED = "".join(f"[25/03/24, 21:{n:02}:05] Maya: {n}\n" for n in range(15, 18))


@pytest.mark.parametrize(
    ("body", "event", "name"),
    [
        ("image omitted", "media", ""),
        ("Bild weggelassen", "media", ""),
        ("スタンプは含まれていません", "sticker", ""),
        ("Картка контакту відсутня", "contact", ""),
        ("Tour plan.txt document omitted", "media", "Tour plan.txt"),
        ("Tour.pdf • 2 páginas documento omitido", "media", "Tour.pdf"),
        ("مخطط.docx لم يتم إدراج المستند", "media", "مخطط.docx"),
    ],
)
def test_an_iphone_export_whose_marks_are_gone_is_read_by_its_words(reading, body, event, name):
    message = one(reading(f"{IPHONE}Maya: {body}\n{UNMARKED}"))
    assert (message.event, message.text) == (event, body)
    assert [(a.name, a.missing) for a in message.attachments] == [(name, True)]


@pytest.mark.parametrize("body", ["my document omitted that", "Sent plan.txt, document omitted nothing", "the image omitted"])
def test_words_about_pictures_stay_words(reading, body):
    assert one(reading(f"{IPHONE}Maya: {body}\n{UNMARKED}")).event is None


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Plan A.pdf • \u200e3 pages \u200edocument omitted", "Plan A.pdf"),
        ("Plan A.txt \u200eDokument weggelassen", "Plan A.txt"),
        ("Look at this\n\u200eimage omitted", ""),
    ],
)
def test_a_file_left_out_keeps_the_name_before_it(reading, body, name):
    message = one(reading(f"\u200e{IPHONE}Maya: \u200e{body}\n"))
    assert (message.event, [(a.name, a.missing) for a in message.attachments]) == ("media", [(name, True)])


def test_a_picture_seen_once_is_null_on_android(reading):
    message = one(reading(f"{ANDROID}Maya: null\n"))
    assert (message.event, message.text, message.doubts) == ("media", "null", ("sender_or_notice",))
    assert one(reading(f"{ANDROID}Maya: null and void\n")).event is None


def test_what_can_be_seen_once_on_an_iphone(reading):
    body = "You received a view once photo. For added privacy, you can only open it on your phone."
    message = one(reading(f"\u200e{IPHONE}Maya: \u200e{body}\n"))
    assert (message.event, [a.missing for a in message.attachments]) == ("media", [True])
    assert one(reading(f"{ANDROID}Maya: {body}\n")).event is None


def test_a_file_named_after_the_sentence(reading):
    message = one(reading(f"{ANDROID}Maya: فایل پیوست شد IMG-20231230-WA0003.jpg\n"))
    assert [a.name for a in message.attachments] == ["IMG-20231230-WA0003.jpg"]


@pytest.mark.parametrize(
    "body",
    [
        "Kew Gardens (Richmond, United Kingdom, near the river): https://foursquare.com/v/4ac518cdf964a520d5a320e3",
        "Kew Gardens\nRichmond, United Kingdom\nhttps://foursquare.com/v/4ac518cdf964a520d5a320e3",
        "Kew Gardens\nhttps://maps.google.com/?q=51.47,-0.29",
    ],
)
def test_places_with_a_name(reading, body):
    assert one(reading(f"{ANDROID}Maya: {body}\n")).event == "location"
    assert one(reading(f"{ANDROID}Maya: I was there:\nfirst\nthen\n{body}\n")).event is None


def test_a_notice_about_somebody_is_not_what_they_said(reading):
    notice = "Your security code with Maya changed. Tap to learn more."
    for mark in ("\u200e", ""):
        item = reading(f"{IPHONE}Maya: hi\n{IPHONE}Maya: {mark}{notice}\n{IPHONE}Maya: ok\n")[1]
        assert isinstance(item, Furniture)
        assert item.doubts == (() if mark else ("sender_or_notice",))
    typed = reading(f"{IPHONE}Sam: \u200eimage omitted\n{IPHONE}Maya: {notice}\n")[1]
    assert isinstance(typed, Message)


def test_app_text_nobody_knows_stays_with_a_doubt(reading):
    message = one(reading(f"{IPHONE}Maya: \u200eneue Sache\n{IPHONE}Maya: hi\n"))
    assert (message.text, message.doubts) == ("neue Sache", ("sender_or_notice",))


@pytest.mark.parametrize(("iphone", "marks"), [(False, False), (False, True), (True, True), (True, False)])
def test_the_short_way_misses_nothing(iphone, marks):
    """Whatever `body_of` finds more in than text, the cheap test before it sends its way."""
    names = (
        "MEDIA_OMITTED",
        "OMITTED",
        "STICKER_OMITTED",
        "CONTACT_OMITTED",
        "DELETED",
        "DELETED_BY_ME",
        "DELETED_BY_ADMIN",
        "EDITED",
        "VIEW_ONCE",
    )
    tables = [getattr(say, name) for name in names] + [notices.CALLS, notices.LIVE_LOCATION, notices.PAYMENTS]
    tables += [notices.TO_THE_READER, notices.ABOUT_SENDER, notices.ENCRYPTION]
    phrases = [phrase for table in tables for line in table.strip().split("\n") for phrase in line.split("|")]
    shapes = [
        "{}",
        "Plan.pdf • 2 pages {}",
        "Plan.pdf {}",
        "Maya {}",
        "{} Tap to learn more.",
        "{}.",
        "\u200e{}",
        "<{}>",
        "x <{}>",
        "x \u200e<{}>",
        "{} 5 min",
        "{}, 5 min",
        "x {}",
        "",
        ".",
        "  ",
    ]
    for phrase in phrases:
        for shape in shapes:
            body = shape.format(phrase.replace("…", "Maya"))
            short = (
                body[:4] not in OPENINGS
                and body[:1] not in FIRSTS
                and body[-1:] not in LASTS
                and "\n" not in body
                and "://" not in body
                and (marks or not iphone or nothing_bare(body))
            )
            if short:
                assert body_of(body, iphone=iphone, marks=marks) == Body(text=body), body
                if iphone and not marks:
                    assert not any(found(body) for found in (is_about_sender, offers_a_tap, is_encryption_notice)), body
