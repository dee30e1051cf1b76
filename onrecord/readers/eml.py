"""An e-mail -> Document: its subject, sender, date and text (RFC 5322, MIME).

The plain part is read, or else the HTML part as a web page. Attachments are not read, and a ``Problem`` lists them.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

from onrecord.errors import BadInput
from onrecord.readers import html
from onrecord.readers.encoding import decode
from onrecord.readers.intake import counted, file_name, paragraphs, published_on, receive, storable, trouble
from onrecord.record import Document, Problem, Received, TimeInterval

RULE = "read.mail-date"
# Characters of a header field that are looked at.
LONGEST_FIELD = 2_000
TIME = re.compile(r"\d{1,2}:\d\d")


@dataclass(slots=True)
class Parts:
    """The leaves of a mail: its plain texts, its HTML texts, and the names of what is attached."""

    plain: list[Message] = field(default_factory=list)
    html: list[Message] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)


def read(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Read one e-mail. Raises BadInput if it cannot be taken apart or holds no text."""
    try:
        # compat32, not the newer policy: that one parses every field by a grammar that fails on hostile ones.
        mail = email.message_from_bytes(data, policy=compat32)
    except RecursionError as error:
        raise BadInput(file_name(origin), "its parts are nested too deeply to be read") from error
    parts = _parts(mail)
    page = _html_text(parts, origin)
    if page is not None and "snapshot-content-location" in mail:  # a web page that a browser saved as a mail (MHTML)
        address = page.url or _field(mail, "Snapshot-Content-Location")
        yield receive(replace(page, url=address, media_type="multipart/related"), data, origin)
        return
    text, damaged = _plain_text(parts, origin)
    text = text or (page.text if page is not None else "")
    if not text.strip():
        raise BadInput(file_name(origin), f"this e-mail holds no text{_names(parts.attached)}")
    received = receive(_document(mail, text), data, origin)
    yield received
    if damaged:
        yield trouble(origin, f"{counted(damaged, 'damaged character')} replaced by U+FFFD", received.document.id)
    if parts.attached:
        cause = f"{counted(len(parts.attached), 'attachment')} not read{_names(parts.attached)}"
        yield trouble(origin, cause, received.document.id)


def _names(attached: list[str]) -> str:
    return f" ({', '.join(attached[:10])}{', …' if len(attached) > 10 else ''})" if attached else ""


def _document(mail: Message, text: str) -> Document:
    return Document(
        "",
        text,
        paragraphs(text),
        title=_field(mail, "Subject"),
        authors=_senders(_field(mail, "From")),
        published=_published(_field(mail, "Date")),
        media_type="message/rfc822",
    )


def _parts(mail: Message) -> Parts:
    """The mail's leaves, in order. A mail inside the mail is an attachment, and is not opened."""
    parts = Parts()
    waiting: list[Message] = [mail]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        held = part.get_payload() if part.is_multipart() else None
        if kind.startswith("multipart/") and isinstance(held, list):
            waiting += [inner for inner in reversed(held) if isinstance(inner, Message)]
        elif kind not in ("text/plain", "text/html") or _is_attached(part):
            parts.attached.append(_attachment_name(part, kind))
        else:
            (parts.plain if kind == "text/plain" else parts.html).append(part)
    return parts


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _attachment_name(part: Message, kind: str) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):  # a name in an encoding that there is not
        name = None
    return file_name(_words(name)) if name else kind


def _plain_text(parts: Parts, origin: str) -> tuple[str, int]:
    """The plain parts one after the other, and how many damaged characters are in them."""
    decoded = [decode(_bytes(part), origin, _charset(part)) for part in parts.plain]
    texts = (part.text.replace("\r\n", "\n") for part in decoded if part.text.strip())
    return storable("\n\n".join(texts)), sum(part.damaged for part in decoded)


def _html_text(parts: Parts, origin: str) -> Document | None:
    """The first HTML part that holds text, as a web page; ``None`` if there is none."""
    for part in parts.html:
        try:
            return html.page(decode(_bytes(part), origin, _charset(part)).text, origin)
        except BadInput:
            continue
    return None


def _bytes(part: Message) -> bytes:
    """The part's bytes, base64 and quoted-printable undone."""
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError):
        body = None
    return body if isinstance(body, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _field(mail: Message, name: str) -> str:
    """A header field in words; nothing if it is not there."""
    try:
        value = mail.get(name)
    except (ValueError, LookupError):
        return ""
    return _words(str(value)) if value is not None else ""


def _words(value: str) -> str:
    """A field with its encoded words decoded (RFC 2047), on one line."""
    unfolded = " ".join(value[:LONGEST_FIELD].split())
    try:
        chunks = decode_header(unfolded)
    except (HeaderParseError, ValueError):
        return storable(unfolded)
    return storable("".join(_chunk(words, charset) for words, charset in chunks)).strip()


def _chunk(words: bytes | str, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    try:
        return decode(words, "", charset or "").text
    except BadInput:
        return words.decode("latin-1")


def _senders(words: str) -> tuple[str, ...]:
    """The names in a From field, or their addresses where they have none."""
    try:
        return tuple(name or address for name, address in getaddresses([words]) if name or address)
    except (RecursionError, IndexError):  # comments within comments without end
        return ()


def _published(words: str) -> TimeInterval | None:
    """The day of the Date field, in the sender's own time zone; nothing if it is no date."""
    try:
        sent = parsedate_to_datetime(words)
        clock = sent.strftime("%H:%M") if TIME.search(words) else ""
        return published_on(sent.date(), clock, RULE, "the e-mail's Date field")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
