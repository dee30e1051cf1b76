"""Plain text -> Document: the decoded file character for character; only a byte-order mark is not text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.readers.encoding import decode
from onrecord.readers.intake import counted, paragraphs, receive, trouble
from onrecord.record import Block, BlockKind, Document, Problem, Received

# "By Ann Berel and Tom Quist": a line of names and nothing else.
BYLINE = re.compile(r"(?:By|BY) [A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|and|AND|&|in|of|for|the))*")
# "TARVIK, Ombrist, March 3": a line that opens with a place in capitals and says nothing more than when.
DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w.'’ -]{1,30}){1,2}(?: \d{1,2})?(?:, \d{4})?(?: [-–—]+)?")
# A line that can head a report: it opens with a letter, a figure or a quotation mark, and has no stop at its end.
NO_STOP = re.compile(r"[\w'\"‘“$€£].*[^.,;:\-–—\"”’)]", re.DOTALL)
STOP = re.compile(r"[.!?][\"'”’)\]]*$")
# A day of the calendar: a line above the report that gives it is not its headline.
DAY = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d|\d{4}-\d\d-\d\d"
    r"|\d (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
# Lines at the top in which a byline or a dateline may stand.
TOP = 5
LONGEST_HEADLINE = 120


def read(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Read a plain-text report. Raises BadInput if the bytes are not text."""
    decoded = decode(data, origin)
    blocks = name_blocks(decoded.text, paragraphs(decoded.text))
    received = receive(Document("", decoded.text, blocks, title=headline(decoded.text, blocks)), data, origin)
    yield received
    if decoded.damaged:
        cause = f"{counted(decoded.damaged, 'damaged character')} replaced by U+FFFD (read as {decoded.encoding})"
        yield trouble(origin, cause, received.document.id)


def headline(text: str, blocks: tuple[Block, ...]) -> str:
    """The words of the headline block, or nothing."""
    return next((block.span.cut(text) for block in blocks if block.kind is BlockKind.HEADLINE), "")


def name_blocks(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Say which of the first lines are headline, byline and dateline, where it is beyond doubt."""
    named = list(blocks)
    for i, block in enumerate(blocks[:TOP]):
        words = block.span.cut(text)
        if i == 0 and _is_headline(text, blocks):
            named[i] = replace(block, kind=BlockKind.HEADLINE)
        elif len(words) <= LONGEST_HEADLINE and BYLINE.fullmatch(words):
            named[i] = replace(block, kind=BlockKind.BYLINE)
        elif DATELINE.fullmatch(words):
            named[i] = replace(block, kind=BlockKind.DATELINE)
    return tuple(named)


def _is_headline(text: str, blocks: tuple[Block, ...]) -> bool:
    """The first line is one if it is short, has no stop, and a blank line or a byline parts it from the report."""
    if len(blocks) < 2:
        return False
    first, second = (block.span.cut(text) for block in blocks[:2])
    if not len(first.split()) >= 4 or len(first) > LONGEST_HEADLINE or not NO_STOP.fullmatch(first):
        return False
    if BYLINE.fullmatch(first) or DATELINE.fullmatch(first) or DAY.search(first):
        return False
    breaks = text[blocks[0].span.end : blocks[1].span.start].replace("\r\n", "\n").count("\n")
    is_byline = len(second) <= LONGEST_HEADLINE and BYLINE.fullmatch(second) is not None
    is_report = STOP.search(second) is not None or DATELINE.fullmatch(second) is not None
    return is_byline or (breaks > 1 and is_report)
