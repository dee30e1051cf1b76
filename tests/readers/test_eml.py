from __future__ import annotations

import email
from datetime import date
from email.policy import SMTP

import pytest

from onrecord.errors import BadInput


def test_subject_sender_date_and_text(made) -> None:
    received = made.one(made.mail(), "talks.eml")
    document = received.document
    assert (document.text, document.title, document.authors) == (made.report, "Talks go on", ("Ann Berel",))
    assert (document.outlet, document.url, document.media_type) == ("", "", "message/rfc822")
    assert document.published is not None
    assert (document.published.start, document.published.clock) == (date(2021, 3, 4), "18:30")
    assert document.published.reasons[0].rule == "read.mail-date"


def test_it_is_known_by_its_header_not_by_its_name(made) -> None:
    assert made.one(made.mail(), "talks.txt").document.media_type == "message/rfc822"
    assert made.one(b"From ann Thu Mar  4 18:30:00 2021\n" + made.mail(), "box").document.title == "Talks go on"
    typed = f"From: Ann Berel\nDate: Thursday\nSubject: Talks\n\n{made.report}"
    assert made.one(typed.encode(), "memo.txt").document.text == typed


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
def test_transfer_encodings(made, cte: str) -> None:
    mail = email.message_from_bytes(made.mail(), policy=SMTP)
    mail.set_content("The mayor’s café in Tarvik was shut, she said.\n-- \nAnn Berel\n", cte=cte)
    text = made.one(bytes(mail), "talks.eml").document.text
    assert text == "The mayor’s café in Tarvik was shut, she said.\n-- \nAnn Berel\n"


def test_plain_text_is_preferred_and_html_read_where_there_is_no_other(made) -> None:
    html = f"<html><body><p>{made.sentence}</p><p>And more in HTML than in the other part.</p></body></html>"
    assert made.one(made.mail(html=html), "talks.eml").document.text == made.report
    assert made.one(made.mail("", html), "talks.eml").document.text.startswith(made.sentence + "\n")


def test_attachments_are_listed(made) -> None:
    received, problem = made.all_of(made.mail(attach=("list.pdf", "müller.xls")), "talks.eml")
    assert problem.document == received.document.id
    assert problem.message == "talks.eml: 2 attachments not read (list.pdf, müller.xls)"


def test_a_mail_without_text_is_refused(made) -> None:
    with pytest.raises(BadInput, match=r"talks\.eml: this e-mail holds no text \(list\.pdf\)"):
        made.all_of(made.mail("", attach=("list.pdf",)), "talks.eml")


@pytest.mark.parametrize("words", ["", "yesterday", "Thu, 99 Mar 2021 18:30:00 +0100", "Thu, 04 Mar 99999 1:1:1 +0000"])
def test_a_date_that_is_none_is_left_open(made, words: str) -> None:
    data = made.mail().replace(b"Thu, 04 Mar 2021 18:30:00 +0100", words.encode())
    assert made.one(data, "talks.eml").document.published is None


def test_encoded_and_hostile_fields(made) -> None:
    data = made.mail().replace(b"Talks go on", b"=?iso-8859-1?q?Caf=E9?= =?utf-8?b?4oCT?= =?nope?q?x?= =?utf-8?b?!?=")
    assert made.one(data, "talks.eml").document.title.startswith("Café–x")
    deep = made.mail().replace(b"Ann Berel <ann@ombrist.example>", b"(" * 50_000)
    assert made.one(deep, "talks.eml").document.text == made.report


def test_parts_nested_without_end_are_refused_not_followed(made) -> None:
    deep = b"MIME-Version: 1.0\nFrom: a@b.example\n"
    for i in range(5_000):
        deep += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i)
    with pytest.raises(BadInput):
        made.all_of(deep + b"\nThe end\n", "deep.eml")


def test_a_page_saved_as_a_mail_is_a_page(made) -> None:
    html = made.page(f"<article><h1>Talks go on</h1><p>{made.report}</p></article>").decode()
    data = made.mail("", html, **{"Snapshot-Content-Location": "https://ombrist.example/talks"})
    document = made.one(data, "talks.mhtml").document
    assert (document.url, document.published, document.authors) == ("https://ombrist.example/talks", None, ())
    assert made.sentence in document.text


def test_damaged_characters_are_told(made) -> None:
    text = "The mayor’s café – “no” – in Tarvik was shut, and it was not said when it would open.\n"
    data = made.mail(text).replace(b"=E2=80=9Cno", b"=E2=80no").replace("“no".encode(), b"\xe2\x80no")
    received, problem = made.all_of(data, "talks.eml")
    assert problem.message == "talks.eml: 1 damaged character replaced by U+FFFD"
    assert problem.document == received.document.id
