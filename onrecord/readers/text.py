"""Plain text -> Document: the decoded file character for character; only a byte-order mark is not text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.readers.encoding import decode
from onrecord.readers.intake import counted, paragraphs, receive, trouble
from onrecord.record import Block, BlockKind, Document, Problem, Received

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
# A day of the calendar: a line above the report that gives it is not its headline.
DAY = re.compile(
    rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:, ?\d{{4}})?|\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?\b"
    r"|\b\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b",
    re.IGNORECASE,
)
# "By Ann Berel and Tom Quist": a line of names and nothing else; "From agency reports".
BYLINE = re.compile(
    r"(?:By|BY) [A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|and|AND|&|in|of|for|the))*"
    r"|(?:From|FROM) (?:[Aa]gency|[Ww]ire|[Nn]ews|[Ss]taff)(?: [Nn]ews)?(?: [Aa]gency)?"
    r" (?:[Rr]eports|[Ss]ervices?|[Ss]taff)"
)
# "TARVIK, Ombrist, March 3": a line that opens with a place in capitals and says nothing more than when.
DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w.'’ -]{1,30}){1,2}(?: \d{1,2})?(?:, \d{4})?(?: [-–—]+)?")
# "TARVIK, March 3 (Agency) — The talks": the report itself begins here.
OPENING = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:,[^—–\n]{1,60})? ?(?:\([^()\n]{1,40}\) ?)?(?:—|–|--|-) \S")
# "Published May 3, 2019", "Last updated: 3 May 2019": a line that says when, the date in it.
STATED = re.compile(
    r"(?:(?:first|last|originally) )?(?:published|posted|updated|issued|released|filed|dated?)\b", re.IGNORECASE
)
# What parts the names and the date of a line: bars, long dashes, dots, or the full stop after a date.
PARTS = re.compile(r"\s+(?:[|·•―—–-]|--)\s+|\s*\|\s*|(?<=\d)\.\s+|\s{2,}")
# A name as a line beside a date has it: "Nora Quist and Peter Arden", "The Tarvik Post", "4 min read".
NAMES = re.compile(
    r"(?:[A-Z][\w.'’&-]*|\d+|and|AND|&|of|for|the|in|de|van|von|min|minute|read)"
    r"(?:,? (?:[A-Z][\w.'’&-]*|\d+|and|AND|&|of|for|the|in|de|van|von|min|minute|read))*,?"
)
# Words in the names of papers, agencies and sites.
OUTLET = re.compile(
    r"\b(?:News|Times|Tribune|Gazette|Post|Herald|Courier|Journal|Star|Chronicle|Mail|Daily|Weekly|Press|Dispatch|Today"
    r"|Observer|Guardian|Telegraph|Mirror|Standard|Globe|Record|Examiner|Sentinel|Register|Monitor|Review|Reporter)\b",
    re.IGNORECASE,
)
# A line that can head a report: it opens with a letter, a figure or a quotation mark, and has no stop at its end.
NO_STOP = re.compile(r"[\w'\"‘“$€£].*[^.,;:\-–—\"”’)][\"”’]{0,2}", re.DOTALL)
STOP = re.compile(r"[.!?][\"'”’)\]]*$")
# Lines at the top in which a byline or a dateline may stand.
TOP = 8
LONGEST_HEADLINE = 120
LONGEST_LINE = 160


def read(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Read a plain-text report. Raises BadInput if the bytes are not text."""
    decoded = decode(data, origin)
    blocks = name_blocks(decoded.text, paragraphs(decoded.text))
    received = receive(Document("", decoded.text, blocks, title=headline(decoded.text, blocks)), data, origin)
    # Found in the text, so the report's id does not hang on it.
    yield replace(received, document=replace(received.document, outlet=outlet(decoded.text, blocks)))
    if decoded.damaged:
        cause = f"{counted(decoded.damaged, 'damaged character')} replaced by U+FFFD (read as {decoded.encoding})"
        yield trouble(origin, cause, received.document.id)


def headline(text: str, blocks: tuple[Block, ...]) -> str:
    """The words of the headline, or nothing; of two lines both where the second goes on with a small letter."""
    lines = [block.span.cut(text) for block in blocks[:TOP] if block.kind is BlockKind.HEADLINE]
    if len(lines) > 1 and lines[1][0].islower():
        return f"{lines[0]} {lines[1]}"
    return lines[0] if lines else ""


def outlet(text: str, blocks: tuple[Block, ...]) -> str:
    """The outlet that the lines around the headline name, beside a byline or a date; nothing if none does."""
    lines = [block.span.cut(text) for block in blocks[:TOP]]
    told = [block.kind in {BlockKind.BYLINE, BlockKind.DATELINE} for block in blocks[:TOP]]
    for i, words in enumerate(lines):
        beside = told[i] or any(told[j] for j in (i - 1, i + 1) if 0 <= j < len(lines))
        if beside and blocks[i].kind is not BlockKind.HEADLINE and not BYLINE.fullmatch(words):
            parts = (part for piece in PARTS.split(DAY.sub("|", words)) for part in re.split(r"[,|]", piece))
            found = next((part.strip() for part in parts if _is_outlet(part.strip())), None)
            if found is not None:
                return found
    return ""


def _is_outlet(words: str) -> bool:
    count = len(words.split())
    return 2 <= count <= 5 and bool(OUTLET.search(words)) and NAMES.fullmatch(words) is not None


def name_blocks(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Say which of the first lines are headline, byline and dateline, where it is beyond doubt."""
    lines = [block.span.cut(text) for block in blocks[:TOP]]
    kinds = [_furniture(words) for words in lines]
    first = _headline_at(lines, kinds)
    if first is not None and _heads(text, blocks, lines, kinds, first):
        kinds[first] = BlockKind.HEADLINE
        if first + 2 < len(kinds) and kinds[first + 1] is None and _is_deck(lines, kinds, first + 1):
            kinds[first + 1] = BlockKind.HEADLINE
    named = [replace(block, kind=kind) if kind else block for block, kind in zip(blocks, kinds, strict=False)]
    return (*named, *blocks[TOP:])


def _furniture(words: str) -> BlockKind | None:
    """What a line is that holds nothing but names and a date: a byline or a dateline; else None."""
    if len(words) > LONGEST_LINE:
        return None
    if BYLINE.fullmatch(words):
        return BlockKind.BYLINE
    if DATELINE.fullmatch(words) and (len(words.split()) < 5 or DAY.search(words)):
        return BlockKind.DATELINE
    if not DAY.search(words):
        return None
    if STATED.match(words):
        return BlockKind.DATELINE
    parts = [part.strip(" ,") for part in PARTS.split(DAY.sub("1", words)) if part.strip(" ,")]
    if any(part.endswith(("!", "?", ":")) or not NAMES.fullmatch(_unclocked(part)) for part in parts):
        return None
    return BlockKind.BYLINE if len(parts) > 1 and len(parts[0].split()) > 1 else BlockKind.DATELINE


def _unclocked(part: str) -> str:
    return re.sub(r",? ?(?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?$", "", part) or "1"


def _headline_at(lines: list[str], kinds: list[BlockKind | None]) -> int | None:
    """Which line can be the headline: the first that is no furniture, an outlet's name above a date left out."""
    first = next((i for i, kind in enumerate(kinds) if kind is None), None)
    if first is None or first + 1 >= len(lines):
        return None
    named = OUTLET.search(lines[first]) and len(lines[first].split()) <= 5 and NAMES.fullmatch(lines[first])
    if first == 0 and named and kinds[1] is BlockKind.DATELINE and len(lines) > 3 and kinds[2] is None:
        return 2 if len(lines[2]) <= LONGEST_HEADLINE else None
    return first


def _heads(text: str, blocks: tuple[Block, ...], lines: list[str], kinds: list[BlockKind | None], first: int) -> bool:
    """It is one if it is short, has no stop, and a byline, a date or a blank line parts it from the report."""
    words = lines[first]
    if not len(words.split()) >= 4 or len(words) > LONGEST_HEADLINE or not NO_STOP.fullmatch(words):
        return False
    if first + 1 >= len(lines) or OPENING.match(words) or DAY.fullmatch(words):
        return False
    if kinds[first + 1] is not None:
        return not _another(lines, kinds, first + 2)
    if _is_deck(lines, kinds, first + 1):
        return True
    breaks = text[blocks[first].span.end : blocks[first + 1].span.start].replace("\r\n", "\n").count("\n")
    return breaks > 1 and bool(STOP.search(lines[first + 1]) or OPENING.match(lines[first + 1]))


def _another(lines: list[str], kinds: list[BlockKind | None], i: int) -> bool:
    """Whether below the date there stands a line that could be the headline as well: then it is not clear which is."""
    return (
        i + 1 < len(lines)
        and kinds[i] is None
        and kinds[i - 1] is BlockKind.DATELINE
        and kinds[i + 1] is BlockKind.BYLINE
        and len(lines[i]) <= LONGEST_HEADLINE
        and NO_STOP.fullmatch(lines[i]) is not None
    )


def _is_deck(lines: list[str], kinds: list[BlockKind | None], i: int) -> bool:
    """A second line of the headline: short, without a stop, and right above a byline or date."""
    return (
        i + 1 < len(lines)
        and kinds[i + 1] is not None
        and len(lines[i]) <= LONGEST_HEADLINE
        and NO_STOP.fullmatch(lines[i]) is not None
    )
