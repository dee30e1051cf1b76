"""What the tests of reading share: files made on the spot, all about invented affairs, and ways to read them."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from fpdf import FPDF

from onrecord.readers import read
from onrecord.record import Problem, Received

SENTENCE = "The harbour minister of Ombrist said on Monday that the talks in Tarvik would go on until the spring."
REPORT = f"{SENTENCE} She did not say who had asked for them.\n"


class Made:
    """Files and readings, by name."""

    report = REPORT
    sentence = SENTENCE

    @staticmethod
    def all_of(data: bytes, origin: str = "report.txt", **options: Any) -> list[Received | Problem]:
        return list(read(data, origin, **options))

    @staticmethod
    def one(data: bytes, origin: str = "report.txt") -> Received:
        (found,) = Made.all_of(data, origin)
        assert isinstance(found, Received), found
        return found

    @staticmethod
    def refusal(data: bytes, origin: str = "report.txt", **options: Any) -> str:
        """The message of the one problem that the file comes to."""
        (found,) = Made.all_of(data, origin, **options)
        assert isinstance(found, Problem), found
        assert found.stage == "read"
        return found.message

    @staticmethod
    def page(body: str, head: str = "") -> bytes:
        return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()

    @staticmethod
    def pdf(*pages: tuple[str, ...], title: str = "", author: str = "", password: str = "") -> bytes:
        """A PDF with these lines on its pages; a page without lines shows a drawing only."""
        made = FPDF()
        made.set_font("Helvetica", size=12)
        if title:
            made.set_title(title)
        if author:
            made.set_author(author)
        if password:
            made.set_encryption(owner_password="owner", user_password=password)
        for lines in pages:
            made.add_page()
            for line in lines:
                made.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
            if not lines:
                made.rect(20, 20, 100, 100, style="F")
        return bytes(made.output())

    @staticmethod
    def mail(text: str = REPORT, html: str = "", attach: tuple[str, ...] = (), **fields: str) -> bytes:
        made = EmailMessage()
        given = {
            "From": "Ann Berel <ann@ombrist.example>",
            "Subject": "Talks go on",
            "Message-ID": "<1@ombrist.example>",
        }
        for name, value in {**given, "Date": "Thu, 04 Mar 2021 18:30:00 +0100", **fields}.items():
            made[name] = value
        if text:
            made.set_content(text)
        if html and text:
            made.add_alternative(html, subtype="html")
        elif html:
            made.set_content(html, subtype="html")
        for name in attach:
            made.add_attachment(b"bytes", maintype="application", subtype="octet-stream", filename=name)
        return bytes(made)


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made
