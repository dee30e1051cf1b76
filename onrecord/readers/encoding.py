"""Bytes -> characters: byte-order mark, then UTF-8, then what the file declares, then the likeliest old encoding.

Nothing is guessed for bytes that are not text. Of the old encodings Windows-1252 is tried first, because English
newsrooms wrote it (the WHATWG Encoding Standard maps Latin-1 and ASCII to it for the same reason); only text that is
full of other characters is handed to a detector.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from onrecord.errors import BadInput
from onrecord.readers.intake import file_name

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that pages and mails may declare. Others (Python knows "hex", "zip", "idna" ...) are no encodings of text.
DECLARABLE = re.compile(
    r"utf-?8|us-ascii|ascii|iso[-_]?8859[-_]?\d{1,2}|latin-?1|(?:windows|cp)-?125\d|koi8-[ru]|ibm866|macintosh"
    r"|big5(?:-hkscs)?|gb2312|gbk|gb18030|euc-jp|euc-kr|shift[-_]jis|iso-2022-jp|windows-874|tis-620"
)
# What the web means by a label (WHATWG Encoding Standard, "names and labels").
MEANT = {"ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
         "gb2312": "gb18030", "gbk": "gb18030", "macintosh": "mac_roman", "windows-874": "cp874"}  # fmt: skip
# A right single quotation mark of the old Macintosh, inside a word: in Windows-1252 it would be a capital O with tilde.
MAC_APOSTROPHE = re.compile(rb"[a-z]\xd5[a-z]")
HIGH = re.compile(rb"[\x80-\xff]+")
# Control characters that no text has; tab, line feed, form feed, carriage return, escape, vertical tab may stand.
CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\x0b\x0c\x1b\x08")) + b"\x7f"
# So many stray control characters a text may hold, or this share of it.
STRAY = 8
STRAY_SHARE = 0.01
# Bytes shown to the detector.
SAMPLE = 64_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, its encoding, and how many damaged characters had to be replaced by U+FFFD."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, origin: str, declared: str = "") -> Decoded:
    """Decode the bytes of a text. A byte-order mark is not text. Raises BadInput if they are not text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, origin)
    _refuse_binary(data, origin)
    # UTF-8 first: pages often declare Latin-1 and are UTF-8; the other way round, the bytes would not fit.
    label = _label(declared)
    for encoding in (label, "utf-8") if label.startswith("iso-2022") else ("utf-8", label):
        text = _strictly(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    return _damaged_utf8(data) or _old_encoding(data, origin)


def _label(declared: str) -> str:
    """The encoding that a label stands for, or nothing if it stands for none of text."""
    label = declared.strip().lower()
    return MEANT.get(label, label) if DECLARABLE.fullmatch(label) else ""


def _marked(body: bytes, encoding: str, origin: str) -> Decoded:
    """The text after a byte-order mark."""
    text = _strictly(body, encoding)
    damaged = 0
    if text is None:
        text = body.decode(encoding, "replace")
        damaged = text.count("\ufffd")
    _refuse_binary(text.encode("utf-8", "surrogatepass"), origin)
    return Decoded(text, encoding, damaged)


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text, if every byte fits the encoding and the encoding is known."""
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _refuse_binary(data: bytes, origin: str) -> None:
    strays = len(data) - len(data.translate(None, CONTROL))
    if strays > max(STRAY, STRAY_SHARE * len(data)):
        raise BadInput(
            file_name(origin),
            "is not text, and no kind of file that onrecord reads (text, web page, PDF, JSON lines, e-mail)",
        )


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes in it, as a cut download has: better than taking all of it for something else."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return Decoded(text, "utf-8", damaged) if sound > 2 * damaged else None


def _old_encoding(data: bytes, origin: str) -> Decoded:
    """The text in the likeliest encoding from before UTF-8."""
    if b"\0" in data:
        raise BadInput(file_name(origin), "is not text: it holds zero bytes and is not UTF-8")
    if MAC_APOSTROPHE.search(data):
        return Decoded(data.decode("mac_roman"), "mac_roman")
    high = len(data) - len(data.decode("ascii", "ignore"))
    western = _strictly(data, "cp1252")
    if western is not None and high <= 0.1 * len(data):
        return Decoded(western, "cp1252")
    best = from_bytes(_telling_part(data)).best()
    text = _strictly(data, best.encoding) if best is not None else None
    if best is None or text is None:
        raise BadInput(file_name(origin), "its encoding cannot be told; save it as UTF-8")
    return Decoded(text, best.encoding)


def _telling_part(data: bytes) -> bytes:
    """The stretches of a long file that hold other than ASCII bytes: only they tell its encoding."""
    if len(data) <= SAMPLE:
        return data
    stretches: list[bytes] = []
    size, seen = 0, 0
    while size < SAMPLE and (found := HIGH.search(data, seen)):
        stretch = data[found.start() : found.start() + 4_000]
        stretches.append(stretch)
        size += len(stretch)
        seen = found.start() + 4_000
    return b" ".join(stretches)
