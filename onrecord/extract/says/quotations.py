"""Quotations: what stands between quotation marks, whatever the marks.

Marks are paired paragraph by paragraph, so that one stray mark can spoil no more than its own paragraph. Straight and
curly marks, two apostrophes and single marks all count; an apostrophe ("don't", "the rebels' plan", "the '90s") never
opens a quotation. A quotation that is not closed ends with its paragraph; if the next paragraph opens with a mark, it
is carried on. A quotation inside a quotation is a row of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.parse import Parse, Tools
from onrecord.record import Quotation, Reading, make_id

# Double marks (two apostrophes count as one mark) and single ones.
MARK = re.compile(r"''|[\"“”]|['‘’]")
OPENERS = ' \t([{—–-/“"‘'
# What a clipped word begins with: its apostrophe opens nothing ("the '90s", "'em").
CLIPPED = re.compile(r"\d0s|(?:em|til|tis|twas|cause|bout|round|n)\b", re.IGNORECASE)
# What makes a few marked words a name or a word held at arm's length, when it stands just before them.
ARMS_LENGTH = re.compile(
    r"\b(?:so-called|known as|nicknamed|dubbed|titled|entitled|headlined"
    r"|the (?:words?|terms?|phrase|slogan|nickname|label)"
    r"|(?:a|an|the|his|her|their|its) (?:[\w’'-]+ ){0,2}"
    r"(?:book|novel|film|movie|song|album|show|series|play|article|essay))(?: called)?,? $"
)
SPEECH_END = re.compile(r"[,.?!…;:]['’]?$")
# No look-back or measure runs further than this many characters.
NEAR = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark in the view. ``opens`` and ``closes`` say what its neighbours allow; both may be true."""

    start: int
    end: int
    double: bool
    opens: bool
    closes: bool
    sure: bool


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Quotation, ...]:
    """The stage ``quotations``: every quotation, marks included, outer before inner, in the order of the text."""
    view = parse.view.text
    found: list[Quotation] = []
    unclosed = False
    for start, end in paragraphs(view):
        pairs = list(_pair(view, start, end, list(_marks(view, start, end))))
        for first, last, open_ended in pairs:
            if not any(char.isalnum() for char in view[first:last]):
                continue
            carried = unclosed and not view[start:first].strip()
            span = parse.view.span(first, last)
            scare = not open_ended and not carried and _is_scare(view, start, first, last)
            found.append(Quotation(make_id("q", reading.document.id, span.start, span.end), span, scare, carried))
        unclosed = any(open_ended for _, _, open_ended in pairs)
    return tuple(sorted(found, key=lambda q: (q.span.start, -q.span.end)))


def paragraphs(view: str) -> Iterator[tuple[int, int]]:
    """The stretches of the view between line breaks that hold more than blanks, blanks at their ends left out."""
    start = 0
    for line in view.split("\n"):
        words = line.strip()
        if words:
            first = start + line.index(words[0])
            yield first, first + len(words)
        start += len(line) + 1


def _marks(view: str, start: int, end: int) -> Iterator[Mark]:
    for found in MARK.finditer(view, start, end):
        sign = found.group()
        before = view[found.start() - 1] if found.start() > start else " "
        after = view[found.end()] if found.end() < end else " "
        double = sign not in "'‘’"
        if not double and before.isalnum() and after.isalnum():
            continue  # an apostrophe inside a word
        if not double and sign != "‘" and CLIPPED.match(view, found.end()):
            continue
        opens = (
            after != " " and (before in OPENERS or before.isspace()) and (double or after.isalnum() or after in '“"[(…')
        )
        closes = before != " " and (not after.isalnum() or (double and sign != "“"))
        if sign in "“‘":
            closes = closes and not opens and double
            opens = opens or (not closes and after != " ")
        elif sign == "”":
            opens = opens and before in OPENERS and not closes
            closes = not opens
        elif double and not opens and not closes:
            opens = closes = True
        if opens or closes:
            yield Mark(found.start(), found.end(), double, opens, closes, sign in "“”‘")


def _pair(view: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, bool]]:
    """(first, last, whether it was left open) of each quotation of a paragraph."""
    opened: Mark | None = None
    rest: list[Mark] = []  # single marks since the last double one opened, or outside all double ones
    last_double = max((mark.start for mark in marks if mark.double and mark.closes), default=-1)
    balance = sum(_weight(mark) for mark in marks)  # of the sure double marks still to come: closing over opening
    depth = 0
    for mark in marks:
        balance -= _weight(mark)
        if not mark.double:
            rest.append(mark)
        elif opened is None and mark.opens:
            yield from _pair_singles(view, rest)
            opened, rest = mark, []
        elif opened is not None and (mark.closes or (mark.opens and not mark.sure)):
            if mark.opens and not mark.closes and mark.start < last_double:
                continue  # a double mark inside double marks: the outer one goes on
            if depth and mark.sure:
                depth -= 1
                continue
            yield opened.start, mark.end, False
            yield from _pair_singles(view, rest)
            opened, rest, depth = None, [], 0
        elif opened is not None and balance >= 2 + depth:
            depth += 1
        elif opened is not None and mark.sure and mark.opens:
            before = (
                len(view[: mark.start].rstrip()) if mark.start - opened.start < NEAR else _blanks_left(view, mark.start)
            )
            if before > opened.end:
                yield opened.start, before, True
            opened, rest = mark, []
    if opened is not None:
        yield opened.start, end, True
    yield from _pair_singles(view, rest)


def _weight(mark: Mark) -> int:
    return (mark.closes - mark.opens) if mark.double and mark.sure else 0


def _blanks_left(view: str, at: int) -> int:
    while at and view[at - 1].isspace():
        at -= 1
    return at


def _pair_singles(view: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, bool]]:
    """Single marks in pairs: an opening one, and the first closing one after it that is no possessive.

    "the rebels' plan" closes a quotation only if nothing better does.
    """
    closers = [mark for mark in marks if mark.closes]
    sure = [mark for mark in closers if view[mark.start - 1] in ".,!?…;" or view[mark.start - 1] not in "sSzx"]
    reached = -1
    for mark in marks:
        if not mark.opens or mark.start < reached:
            continue
        closer = _after(sure, mark.start) or _after(closers, mark.start)
        if closer is not None and closer.start > mark.end:
            yield mark.start, closer.end, False
            reached = closer.end


def _after(marks: Sequence[Mark], at: int) -> Mark | None:
    index = bisect_right(marks, at, key=lambda mark: mark.start)
    return marks[index] if index < len(marks) else None


def _is_scare(view: str, start: int, first: int, last: int) -> bool:
    """Whether the marks set off a nickname, a title or a word held at arm's length, not somebody's utterance."""
    if last - first > NEAR:
        return False
    inner = view[first:last].strip("\"'“”‘’ ")
    words = inner.split()
    before = view[max(start, first - NEAR) : first]
    if not words:
        return False
    if ARMS_LENGTH.search(before):
        return True
    if SPEECH_END.search(inner):
        return False
    nickname = len(words) <= 3 and words[0][:1].isupper() and _between_names(view, before, last)
    lone = len(words) == 1 and view[last : last + 2].lstrip()[:1].isalpha() and not _after_speech(before)
    return nickname or lone


def _between_names(view: str, before: str, last: int) -> bool:
    left, right = before.split()[-1:], view[last : last + NEAR].split()[:1]
    return bool(left and right and left[0][0].isupper() and right[0][0].isupper() and view[last : last + 1] == " ")


def _after_speech(before: str) -> bool:
    return before.rstrip()[-1:] in {",", ":", ""}


def outermost(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations that lie in no other, scare quotes left out, in the order of the text."""
    kept: list[Quotation] = []
    for quotation in quotations:
        if not quotation.scare and not (kept and kept[-1].span.contains(quotation.span)):
            kept.append(quotation)
    return tuple(kept)
