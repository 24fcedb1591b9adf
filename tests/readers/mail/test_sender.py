"""Whose mail it is. A forged own address is never taken for the person, and never for an account that was entered."""

from __future__ import annotations

import pytest

from holdfast.readers import Options
from holdfast.readers.mail import READER

ME = frozenset({"maya@example.org"})

FORGED = b"""Return-Path: <bounce@rented.example.net>
Delivered-To: maya@example.org
Received: from host-4.rented.example.net by mx.example.org with ESMTP; Tue, 5 Mar 2024 10:00:02 +0000
From: maya@example.org
To: maya@example.org
Subject: I have access to your account
Date: Tue, 5 Mar 2024 10:00:00 +0000
Message-ID: <77@rented.example.net>

I am a hacker. Look: I wrote to you from your own mailbox.
"""


def without(mail: bytes, *names: bytes) -> bytes:
    return b"\n".join(line for line in mail.split(b"\n") if not line.startswith(names))


def test_a_forged_own_address_is_said_to_be_forged(mails) -> None:
    for me in (ME, frozenset()):
        message = mails.one(FORGED, me=me)
        assert message.from_me is None
        assert "own_address_forged" in message.doubts
        assert message.why is not None
        assert message.why.startswith("The sender line shows your own address, but ")
        assert "This is easy to fake and does not show that anyone was in your account." in message.why


@pytest.mark.parametrize(
    "evidence",
    [
        b"Return-Path: <other@rented.example.net>",
        b"Authentication-Results: mx.example.org; spf=softfail smtp.mailfrom=maya@example.org",
        b"Authentication-Results: mx.example.org;\n spf=none smtp.mailfrom=maya@example.org; dkim=none; dmarc=none",
        b"Authentication-Results: mx.example.org; dkim=pass header.d=rented.example.net; dmarc=fail header.from=example.org",
        b"Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=x@rented.example.net",
        b"Received-SPF: fail (mx.example.org: domain of maya@example.org does not designate 192.0.2.4)",
        b"Reply-To: pay.here@elsewhere.example",
    ],
)
def test_each_of_these_alone_speaks_against_the_sender_line(mails, evidence: bytes) -> None:
    bare = without(FORGED, b"Return-Path", b"Received", b"Message-ID")
    assert "own_address_unclear" in mails.one(bare, me=ME).doubts
    message = mails.one(evidence + b"\n" + bare, me=ME)
    assert "own_address_forged" in message.doubts
    assert message.from_me is None


def test_two_weak_signs_together_speak_against_it(mails) -> None:
    one = without(FORGED, b"Return-Path", b"Received")
    assert "own_address_unclear" in mails.one(one, me=ME).doubts
    assert "own_address_forged" in mails.one(without(FORGED, b"Return-Path"), me=ME).doubts


def test_a_pass_written_by_somebody_else_is_worth_nothing(mails) -> None:
    liar = b"Authentication-Results: trust.me.example; dmarc=pass header.from=example.org\n"
    assert "own_address_forged" in mails.one(liar + FORGED, me=ME).doubts


def test_a_mail_the_own_service_vouches_for_is_mine(mails) -> None:
    vouched = (
        b"Return-Path: <maya@example.org>\nReceived: from mail.example.org by mx.example.org; Tue, 5 Mar 2024 10:00:02 +0000\n"
        b"Authentication-Results: mx.example.org; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=maya@example.org\n"
        b"From: Maya <maya@example.org>\nTo: maya@example.org\nSubject: note to self\n\nbread, milk\n"
    )
    message = mails.one(vouched, me=ME)
    assert message.from_me is True
    assert not {"own_address_forged", "own_address_unclear"} & set(message.doubts)


def test_a_mail_from_the_sent_folder_is_mine(mails) -> None:
    sent = b"From: Maya <maya@example.org>\nTo: sam@elsewhere.example\nSubject: stop\n\nLeave me alone.\n"
    assert mails.one(sent, me=ME).from_me is True
    assert mails.one(sent, me=frozenset({"Maya"})).from_me is True
    assert mails.one(sent).from_me is None


def test_a_mail_that_came_back_is_not_taken_for_mine(mails) -> None:
    """Others send in her name, and what cannot be delivered comes back to her: the mail inside shows her address."""
    returned = (
        b"From: MAILER-DAEMON@post.example\nTo: maya@example.org\nContent-Type: multipart/report; boundary=r\n\n"
        b"--r\n\nSee below.\n--r\nContent-Type: message/rfc822\n\nFrom: maya@example.org\nTo: x@post.example\n\nPay.\n--r--\n"
    )
    (child,) = mails.children(returned)
    (inside,) = READER.read(child, Options(me=ME))
    assert inside.text == "Pay."
    assert inside.from_me is None
    assert "own_address_unclear" in inside.doubts


def test_others_are_others_only_in_mail_that_was_for_me(mails) -> None:
    other = b"From: Sam <sam@elsewhere.example>\nTo: maya@example.org\nSubject: hi\n\nhi\n"
    assert mails.one(other, me=ME).from_me is False
    assert mails.one(other.replace(b"To: maya@example.org", b"To: list@lists.example"), me=ME).from_me is None
    assert mails.one(other).from_me is None


def test_my_address_in_the_name_of_another_address(mails) -> None:
    trick = b'From: "maya@example.org" <bot@rented.example.net>\nTo: maya@example.org\nSubject: x\n\nx\n'
    message = mails.one(trick, me=ME)
    assert message.from_me is None
    assert "own_address_forged" in message.doubts
    named = mails.one(trick.replace(b'"maya@example.org" <', b"Maya <"), me=ME | {"Maya"})
    assert named.from_me is None
    assert "own_address_unclear" in named.doubts


def test_a_mailing_list_is_not_called_a_forger(mails) -> None:
    posted = FORGED.replace(
        b"To: maya@example.org\nSubject:", b"To: talk@lists.example\nList-Id: <talk.lists.example>\nSubject:"
    )
    posted = posted.replace(b"Delivered-To: maya@example.org\n", b"")
    assert "own_address_unclear" in mails.one(posted, me=ME).doubts


def test_no_sender_is_a_doubt_not_a_name(mails) -> None:
    message = mails.one(b"To: maya@example.org\nSubject: x\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\nx\n")
    assert message.sender is None
    assert "no_sender" in message.doubts
