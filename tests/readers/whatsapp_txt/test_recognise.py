"""What is a WhatsApp export, and what only looks like one."""

from __future__ import annotations

import pytest

from holdfast.readers import Look
from holdfast.readers.whatsapp_txt import READER


def claims(content: str | bytes, name: str = "notes.txt") -> bool:
    data = content.encode() if isinstance(content, str) else content
    return READER.recognise(Look(data[: 64 * 1024], data[-4 * 1024 :], len(data), name, "text/plain"))


OURS = {
    "one message": "25/03/2024, 21:14 - Maya: hi",
    "one message, iPhone": "[25/03/24, 21:14:05] Maya: hi\n",
    "copied from the web page": "[21:14, 25/03/2024] Maya: hi\n[21:15, 25/03/2024] Sam: yo\n",
    "copied from the web page, 12 hours": "[9:14 PM, 3/25/2024] Maya: hi\n",
    "only notices": "25/03/2024, 21:14 - Messages and calls are end-to-end encrypted.\n25/03/2024, 21:15 - You were added\n",
    "notices first": '25/03/2024, 21:14 - Maya created group "a"\n25/03/2024, 21:16 - Maya: hi\n',
    "Chinese": "[2024/3/25 下午9:14:05] 王小明: 你好\n",
    "Arabic": "٢٥\u200f/٣\u200f/٢٠٢٤، ٩:١٤ م - مايا: مرحبا\n",
    "Swedish": "2024-03-25 21:14 - Maya: hej\n",
    "Swedish, iPhone": "[2024-03-25 21:14:05] Maya: hej\n",
    "UTF-16": "25/03/2024, 21:14 - Maya: hi\n".encode("utf-16"),
    "a note before": "Chat with Maya\n\n25/03/2024, 21:14 - Maya: hi\n25/03/2024, 21:15 - Sam: yo\n",
    "a very long first message": "25/03/2024, 21:14 - Maya: hi\n" + "and then\n" * 5000 + "25/03/2024, 21:15 - Sam: yo\n",
    "of 2014": "12/03/2014 21:14:05: Maya: hi\n12/03/2014 21:15:05: Sam: yo\n",
    "blank lines first": "\n\n25/03/2024, 21:14 - Maya: hi\n",
    "a chat about errors": "25/03/2024, 21:14 - Maya: error: it broke\n25/03/2024, 21:15 - Sam: warning: again\n",
}
OTHERS = {
    "empty": "",
    "text": "Dear diary,\nit rained.\n",
    "LINE": "[LINE] Chat history with Maya\nSaved on: 2024/03/25 21:14\n\n2024.03.25 Monday\n21:14\tMaya\thi\n21:15\tSam\tyo\n",
    "KakaoTalk, Android": "2024년 3월 25일 오후 9:14, Maya : hi\n2024년 3월 25일 오후 9:15, Sam : yo\n",
    "KakaoTalk, iPhone": "2024. 3. 25. 오후 9:14, Maya : hi\n2024. 3. 25. 오후 9:15, Sam : yo\n",
    "KakaoTalk, Windows": "--------------- 2024년 3월 25일 월요일 ---------------\n[Maya] [오후 9:14] hi\n",
    "KakaoTalk, English": "March 25, 2024, 9:14 PM, Maya : hi\n",
    "signal-export": "[2024-03-25 21:14] Maya: hi\n[2024-03-25 21:15] Me: yo\n",
    "signal-export, older": "[2024-03-25, 21:14] Maya: hi\n",
    "WeChat": "2024-03-25 21:14:05 Maya\nhi\n\n2024-03-25 21:15:05 Sam\nyo\n",
    "QQ": "2024-03-25 21:14:05 Maya(123456)\nhi\n\n",
    "Telegram page": "<!DOCTYPE html><html><div class='message'>25/03/2024, 21:14 - Maya: hi</div></html>",
    "Telegram, copied": "Maya, [25.03.24 21:14]\nhi\n\nSam, [25.03.24 21:15]\nyo\n",
    "IRC": "[2024-03-25 21:14:05] <maya> hi: all\n[2024-03-25 21:15:05] <sam> yo: you\n",
    "JSON": '[\n{"text": "25/03/2024, 21:14 - Maya: hi"}\n]',
    "CSV": "date,name,text\n25/03/2024,Maya,hi\n",
    "CSV with time": "25/03/2024, 21:14, Maya, hi\n25/03/2024, 21:15, Sam, yo\n",
    "mail": "From: maya@example.org\nTo: sam@example.org\nSubject: x\nDate: Mon, 25 Mar 2024 21:14:00 +0000\n\n"
    "25/03/2024, 21:14 - Maya: hi\n25/03/2024, 21:15 - Sam: yo\n",
    "mailbox": "From maya@example.org Mon Mar 25 21:14:00 2024\nSubject: x\n\n25/03/2024, 21:14 - Maya: hi\n",
    "syslog": "Mar 25 21:14:05 host sshd[123]: Failed password for root\nMar 25 21:14:06 host sshd[123]: again\n",
    "syslog, ISO": "2024-03-25T21:14:05+00:00 host sshd[123]: Failed\n",
    "web server": '10.0.0.1 - - [25/Mar/2024:21:14:05 +0000] "GET / HTTP/1.1" 200 5\n' * 3,
    "nginx errors": "2024/03/25 21:14:05 [error] 12#0: *1 open() failed: no such file\n" * 3,
    "Python log": "2024-03-25 21:14:05,123 - root - INFO - started: yes\n" * 3,
    "program log": "2024-03-25 21:14:05 - INFO: started\n2024-03-25 21:14:06 - ERROR: broke: x\n",
    "program log in brackets": "[2024-03-25 21:14:05] production.ERROR: broke: x\n[2024-03-25 21:14:06] local.INFO: fine\n",
    "levels in brackets": "[2024-03-25 21:14:05] [info] start: now\n[2024-03-25 21:14:06] [warn] late: yes\n",
    "server log with a colon": "2024-03-25 21:14:05: ERROR: broke: x\n2024-03-25 21:14:06: INFO: fine\n",
    "app log": "25/03/2024 21:14:05 - WARN: low memory\n25/03/2024 21:14:06 - DEBUG: x: y\n",
    "server log with a zone": "2024-03-25 21:14:05 UTC - start: now\n2024-03-25 21:14:06 UTC - stop: now\n",
    "diff": "--- a/x 2024-03-25 21:14:05\n+++ b/x 2024-03-25 21:15:05\n@@ -1 +1 @@\n",
    "a letter that quotes one line": "Dear officer,\n" * 12 + "25/03/2024, 21:14 - Maya: hi\n" + "Yours\n" * 12,
    "binary": bytes(range(256)) * 8,
}


@pytest.mark.parametrize("content", OURS.values(), ids=OURS)
def test_ours_are_claimed(content):
    assert claims(content)


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_others_are_not(content):
    assert not claims(content, "_chat.txt")
