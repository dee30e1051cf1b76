"""What kind of file these bytes are, told from their beginning: the suffix of a name is only somebody's word."""

from __future__ import annotations

import json
import re

from onrecord.errors import BadInput
from onrecord.readers.intake import file_name

BY_SUFFIX = {"pdf": "pdf", "html": "html", "htm": "html", "xhtml": "html", "jsonl": "jsonl", "ndjson": "jsonl",
             "json": "jsonl", "eml": "eml", "mht": "eml", "mhtml": "eml"}  # fmt: skip
# Bytes of the beginning that are looked at.
HEAD = 4096
# Files that are known and not read, and what to do with them. Numbers: offset of the sign.
KNOWN = (
    (0, b"PK\x03\x04", "is a ZIP archive or an office document (.docx, .odt, .epub): save it as PDF, HTML or text"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old office document (.doc): save it as PDF, HTML or text"),
    (0, rb"{\rtf", "is a rich-text document (.rtf): save it as PDF, HTML or text"),
    (0, b"\x1f\x8b", "is compressed (gzip): unpack it first"),
    (0, b"BZh", "is compressed (bzip2): unpack it first"),
    (0, b"\xfd7zXZ", "is compressed (xz): unpack it first"),
    (0, b"7z\xbc\xaf", "is an archive (7z): unpack it first"),
    (0, b"Rar!\x1a", "is an archive (rar): unpack it first"),
    (0, b"\x89PNG", "is a picture (PNG): onrecord reads text, not pictures of it"),
    (0, b"\xff\xd8\xff", "is a picture (JPEG): onrecord reads text, not pictures of it"),
    (0, b"GIF8", "is a picture (GIF): onrecord reads text, not pictures of it"),
    (0, b"II*\0", "is a picture (TIFF): onrecord reads text, not pictures of it"),
    (0, b"MM\0*", "is a picture (TIFF): onrecord reads text, not pictures of it"),
    (8, b"WEBP", "is a picture (WebP): onrecord reads text, not pictures of it"),
    (4, b"ftyp", "is a film or sound file: onrecord reads text"),
    (0, b"ID3", "is a sound file (MP3): onrecord reads text"),
    (0, b"SQLite format 3\0", "is a database (SQLite), not a report; a case comes as the first word after the command"),
)
MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|article|section|main|div|p|h1|table|span|script|link)\b",
    re.IGNORECASE,
)
PAGE = re.compile(r"<(?:!doctype html|html)\b", re.IGNORECASE)
OPENING = re.compile(r"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*", re.DOTALL)
FIELD = re.compile(rb"([!-9;-~]{1,60}):[ \t\r\n]")
# Header fields that only mail programs write (RFC 5322, 2045, 5321): a typed "From: ... Date: ..." is still a text.
MAIL_FIELDS = frozenset(
    b"message-id mime-version received return-path delivered-to dkim-signature content-transfer-encoding".split()
)


def by_content(data: bytes, origin: str) -> str:
    """The name of the built-in reader whose kind of file this is beyond doubt; "" if it may be text.

    Raises BadInput for kinds of file that are known and not read, naming the kind and what to do.
    """
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return "pdf"
    for offset, sign, cause in KNOWN:
        if data.startswith(sign, offset):
            raise BadInput(file_name(origin), cause)
    head = _head(data)
    if _is_markup(head):
        return "html"
    if head.startswith("<?xml"):
        raise BadInput(file_name(origin), "is XML and no web page: save the report itself as HTML or text")
    return "jsonl" if is_json_lines(data) else "eml" if is_mail(data) else ""


def _head(data: bytes) -> str:
    """The beginning as characters, good enough to see markup in it."""
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2])
    return data[:HEAD].decode(wide or "latin-1", "ignore").removeprefix("\ufeff").removeprefix("\xef\xbb\xbf").lstrip()


def _is_markup(head: str) -> bool:
    """Whether it opens with a tag of HTML, after comments and an XML declaration."""
    opening = OPENING.match(head)
    begin = opening.end() if opening else 0
    return MARKUP.match(head, begin) is not None or (head.startswith("<") and PAGE.search(head) is not None)


def is_json_lines(data: bytes) -> bool:
    """Whether the first line that is not blank is a JSON object."""
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    line = first[: first.find(b"\n")] if b"\n" in first else first
    if not (line.startswith(b"{") and line.rstrip().endswith(b"}")):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def is_mail(data: bytes) -> bool:
    """Whether it begins with header fields of an e-mail (RFC 5322), one of them such as only a mail program writes."""
    header = data[: 16 * HEAD].lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n\n")[0]
    lines = header.split(b"\n")
    if lines[0].startswith(b"From ") and len(lines) > 1:  # the line that mailboxes put before each mail
        lines = lines[1:]
    fields = [FIELD.match(line + b"\n") for line in lines if not line.startswith((b" ", b"\t"))]
    names = {field.group(1).lower() for field in fields if field}
    return all(fields) and bool(names & MAIL_FIELDS) and bool(names & {b"from", b"subject", b"date"})
