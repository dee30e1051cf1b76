"""The mended view: the text as a parser should see it, with the way back to the text as it is.

Copied reports break lines inside sentences (where a link stood), carry soft hyphens and odd quotation marks. The text
is never changed for that (``docs/design.md``): parsing sees a view, anchors point into the text. Mending does three
things only: one character becomes another (a break inside a sentence becomes a blank, a curly mark a straight one), a
character is left out (soft hyphens, the second half of a CRLF), and nothing is ever added.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from onrecord.record import Span

# Characters that carry no word: left out of the view.
INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# One character for one: what the parser was not trained on, as what it was.
ALIKE = str.maketrans(
    {
        "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ", "\u3000": " ", "\t": " ",
        "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n",
        "\u201e": "\u201c", "\u201f": "\u201c", "\u00ab": "\u201c", "\u00bb": "\u201d", "\u201a": "\u2018",
        "\u2032": "'", "\u02bc": "\u2019", "\u00b4": "\u2019", "`": "'",
    }
)  # fmt: skip
# A line that ends like this ends a paragraph: a stop, then closing marks and brackets.
ENDED = re.compile(r"[.!?:…][\"'”’)\]]*\s*$")
# A line that opens like this cannot begin a paragraph: a small letter, or a mark that only goes on.
GOES_ON = re.compile(r"\s*(?:[a-z&]|[,;)\]%]|[–—-] ?[a-z])")
# A line that ends like this is not over: a comma, or a small word that wants another.
UNFINISHED = re.compile(
    r"(?:,|\b(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|but|that|who|which|as|than|his|her|their|its|was|were|is|are))$"
)
# A line that must not be joined to the one before: a list item, a headline in capitals, a speaker's label.
STANDS_ALONE = re.compile(r"\s*(?:[•*–—-] |\d+[.)] |[A-Z][A-Z0-9 ,.'’-]{8,}$)")


# A line of at most so many characters that opens a paragraph and has no stop may be a headline.
HEADING = 110


@dataclass(frozen=True, slots=True)
class View:
    """A mended text. ``back[i]`` is where the view's character ``i`` stands in the text; it only grows."""

    text: str
    back: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that the view's characters [start, end) stand for. Raises ValueError if empty."""
        if not start < end:
            raise ValueError(f"an empty stretch of the view: [{start}, {end})")
        return Span(self.back[start], self.back[end - 1] + 1)

    def find(self, span: Span) -> tuple[int, int]:
        """The view's characters [start, end) that stand for a stretch of the text; empty if all were left out."""
        return bisect_left(self.back, span.start), bisect_left(self.back, span.end)


def mend(text: str) -> View:
    """The view of a text. Lines inside a sentence are joined; paragraphs stay parted by a line break."""
    breaks = _breaks_inside_sentences(text)
    kept: list[str] = []
    back: list[int] = []
    for i, char in enumerate(text):
        seen = _seen(char, i in breaks)
        if not seen or (char == "\n" and i and text[i - 1] == "\r" and back and back[-1] == i - 1):
            continue
        kept.append(seen)
        back.append(i)
    return View("".join(kept), tuple(back))


def _seen(char: str, joins: bool) -> str:
    if joins:
        return " "
    if char in INVISIBLE:
        return ""
    if char == "\r":
        return "\n"
    if char < " " and char not in "\n\t\x0b\x0c":
        return " "
    if "\ud800" <= char <= "\udfff":  # half of a pair from broken JSON: the parser's own encoder would refuse it
        return "\ufffd"
    return char.translate(ALIKE)


def _breaks_inside_sentences(text: str) -> frozenset[int]:
    """Offsets of the line-break characters that stand inside a sentence."""
    inside: set[int] = set()
    lines = list(re.finditer(r"[^\r\n]*(\r\n|\r|\n|$)", text))
    wrapped = _wrap_width([len(line.group().rstrip()) for line in lines])
    opens = True  # whether the line opens a paragraph
    for line, following in pairwise(lines):
        words = line.group()[: len(line.group()) - len(line.group(1))]
        joined = bool(line.group(1)) and _continues(words, following.group(), wrapped, opens)
        if joined:
            inside.update(range(line.start(1), line.end(1)))
        opens = not joined
    return frozenset(inside)


def _continues(line: str, following: str, wrapped: int, opens: bool) -> bool:
    """Whether a sentence runs over the break between two lines."""
    if _breaks_a_date(line, following):
        return True
    if not line.strip() or not following.strip() or STANDS_ALONE.match(following):
        return False
    if GOES_ON.match(following) and not ENDED.search(line):
        return True
    if wrapped and len(line.rstrip()) + len(following.split()[0]) >= wrapped:
        return True
    if ENDED.search(line) or unicodedata.category(line.strip()[-1])[0] not in "LNP":
        return False
    # The next line begins with a capital, and this one has no stop at its end: broken in a sentence, or a headline.
    return bool(UNFINISHED.search(line.rstrip())) or not (_looks_like_heading(line) or (opens and len(line) <= HEADING))


MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
# "... resigned on 3" / "June 2018", "on June" / "4, 2018": a preposition and half a date, and the other half.
HALF_A_DATE = re.compile(
    r"\b(?:on|of|in|by|since|until|from|to|the|and)\s+(\d{1,2})(?:st|nd|rd|th)?$"
    rf"|\b(?:(?:on|of|in|by|since|until|from|to|the|and)|\d{{1,2}})\s+({MONTHS})$"
)
OTHER_HALF = re.compile(rf"\s*(?:({MONTHS})\b|(\d{{1,2}}(?:,|\b(?!\d))|\d{{4}}\b))")


def _breaks_a_date(line: str, following: str) -> bool:
    """Whether the break stands inside a date."""
    half, rest = HALF_A_DATE.search(line.rstrip()), OTHER_HALF.match(following)
    if half is None or rest is None:
        return False
    return bool(half.group(1) and rest.group(1)) or bool(half.group(2) and rest.group(2))


def _looks_like_heading(line: str) -> bool:
    """A short line without a stop in which most words begin with a capital, or that holds no verb-like small word."""
    words = [word for word in line.split() if word[0].isalpha()]
    if len(line) > HEADING or not words:
        return False
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 2 and capitals / len(words) >= 0.6


def _wrap_width(lengths: list[int]) -> int:
    """The width at which a text was hard-wrapped (most long lines end within eight characters of it), or 0."""
    long = [n for n in lengths if n >= 45]
    if len(long) < 6 or max(long) > 130:
        return 0
    width = max(long)
    return width if sum(width - n <= 12 for n in long) >= 0.7 * len(long) else 0
