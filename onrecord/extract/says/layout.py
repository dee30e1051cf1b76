"""Attributions that only the layout makes: "NAME: words" in transcripts and headlines, a dash and a name at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.says.attribution import Attribution
from onrecord.extract.says.page import Page, Piece
from onrecord.record import Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Token

DASHES = frozenset({"—", "–", "--", "-", "―"})
# The longest name before a colon, and the fewest words after it, in tokens.
NAME, WORDS = 8, 3
# What stands before a colon and is nobody: labels of the page.
LABELS = frozenset(
    {"advertisement", "also", "analysis", "background", "caption", "contact", "context", "correction", "credit", "date"}
    | {"editorial", "email", "exclusive", "fact", "fax", "file", "gallery", "highlights", "image", "key", "location"}
    | {"map", "more", "note", "notes", "opinion", "phone", "photo", "photos", "picture", "price", "published", "read"}
    | {"related", "source", "sources", "story", "summary", "tags", "time", "topic", "topics", "update", "updated"}
    | {"video", "watch", "what", "when", "where", "who", "why", "how"}
)


def find(page: Page) -> Iterator[Attribution]:
    """Every attribution by a colon at the beginning of a paragraph, or by a dash at its end or in the next line."""
    first, before = 0, (0, 0)
    for end in (*page.breaks, len(page.doc)):
        found = _by_colon(page, first, end) or _by_dash(page, first, end) or _by_dash_line(page, before, first, end)
        if found is not None:
            yield found
        if any(not token.is_space for token in page.doc[first:end]):
            before = first, end
        first = end + 1


def _attribution(page: Page, cue: int, source: Piece, content: Piece, rule: str) -> Attribution:
    kind, stance = StatementKind.SPEECH, Stance.ASSERTS
    return Attribution(((cue, cue + 1),), (source,), (content,), page.doc[cue].text, kind, stance, rule, rule)


def _by_colon(page: Page, first: int, end: int) -> Attribution | None:
    """A name, a colon and words, as in a transcript. The words before the colon must be a name, or Q or A."""
    doc = page.doc
    while first < end and doc[first].is_space:
        first += 1
    colon = next(
        (i for i in range(first, min(first + NAME, end)) if doc[i].text == ":" or doc[i].text.endswith(":")), None
    )
    if (
        colon is None
        or colon == first
        or doc[colon].text != ":"
        or page.quote(colon) is not None
        or end - colon - 1 < WORDS
    ):
        return None
    words = [token for token in doc[first:colon] if not token.is_space]
    if not words or any(token.lower_ in LABELS for token in words) or not _is_name(words):
        return None
    if not any(token.pos_ in {"VERB", "AUX"} for token in doc[colon + 1 : min(end, colon + 40)]):
        return None
    return _attribution(page, colon, (first, colon), (colon + 1, end), "cues.colon-byline")


def _is_name(words: list[Token]) -> bool:
    if len(words) == 1 and words[0].text in {"Q", "A"}:
        return True
    if all(token.is_upper or token.is_punct for token in words):
        return True
    if words[-1].ent_type_ in {"GPE", "LOC", "DATE"}:
        return False
    capital = [token for token in words if token.text[:1].isupper()]
    return (
        len(capital) >= len(words) - 1
        and any(token.pos_ == "PROPN" or token.is_upper for token in words)
        and not any(token.pos_ in {"VERB", "AUX"} or token.like_num for token in words)
    )


def _by_dash(page: Page, first: int, end: int) -> Attribution | None:
    """A quotation, a dash and a name. The paragraph must end with the name, right after a quotation."""
    doc = page.doc
    while end > first and doc[end - 1].is_space:
        end -= 1
    for i in range(end - 2, max(first, end - 2 - NAME * 2), -1):
        if doc[i].text in DASHES and page.quote(i) is None:
            quote = page.quote(i - 1)
            name = (i + 1, end - 1 if doc[end - 1].text == "." else end)
            if quote is None or name[0] >= name[1] or doc[name[0]].pos_ not in {"PROPN", "DET", "NOUN", "ADJ"}:
                return None
            return _attribution(page, i, name, quote, "cues.dash-byline") if doc[name[0]].text[:1].isupper() else None
    return None


def _by_dash_line(page: Page, before: Piece, first: int, end: int) -> Attribution | None:
    """A quotation, and in a line of its own below it a dash and a name; what follows the name by comma tells of it."""
    doc = page.doc
    while first < end and doc[first].is_space:
        first += 1
    last = before[1] - 1
    while last >= before[0] and doc[last].is_space:
        last -= 1
    if not (first + 1 < end and doc[first].text in DASHES and page.quote(first) is None and last >= before[0]):
        return None
    quote = page.quote(last)
    stop = next((i for i in range(first + 1, end) if doc[i].is_punct and doc[i].text != "."), end)
    name = [token for token in doc[first + 1 : stop] if not token.is_space and token.text != "."]
    if quote is None or quote[1] - 1 != last or not name or len(name) > NAME or not _is_name(name):
        return None
    return _attribution(page, first, (name[0].i, name[-1].i + 1), quote, "cues.dash-byline")
