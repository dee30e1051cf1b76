"""Why tellings of several reports are one happening, and why two reports or tellings are linked: words of all sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.export.citations import Citation, Tellings, cite, tellings
from onrecord.export.footnotes import place
from onrecord.export.resolved import Resolved
from onrecord.export.wording import fields_in_words, whose
from onrecord.record import Happening, Id, Link, LinkKind, Reason, Span


@dataclass(frozen=True, slots=True)
class Compared:
    """Labelled words, and reasons, of a row that rests on several reports."""

    words: list[tuple[str, str]]
    reasons: list[Reason]


def compare_in_words(row: Happening | Link, resolved: Resolved) -> Compared:
    """The words of every telling, or of both sides of a link; a happening has the reasons of all links between them."""
    told = tellings(resolved)
    if isinstance(row, Link):
        return Compared([*_sides(row, told)], [])
    links = [link for link in resolved.account.links if _touches(link, row)]
    differing = [link for link in links if link.kind is not LinkKind.SAME_EVENT]
    words = [*_fields(row), *_tellings(row, told), *(_linked(link, told) for link in differing)]
    return Compared(words, [_with_ends(reason, link) for link in links for reason in link.reasons])


def _touches(link: Link, happening: Happening) -> bool:
    return not {link.left, link.right}.isdisjoint(happening.told_in)


def _fields(happening: Happening) -> Iterator[tuple[str, str]]:
    for label, fields in (("agreed", happening.agreed), ("disputed on", happening.disputed_on)):
        if fields:
            yield label, fields_in_words(fields)


def _tellings(happening: Happening, told: Tellings) -> Iterator[tuple[str, str]]:
    for id_ in happening.told_in:
        cited = cite(id_, (), told)
        yield f"told in {cited.report}", f"{_quoted(cited)} ({id_})"


def _linked(link: Link, told: Tellings) -> tuple[str, str]:
    """A link in one line: its kind and field, and the words of both sides."""
    sides = " | ".join(
        _quoted(cite(end, spans, told)) if _is_told(end, told) else end
        for end, spans in ((link.left, link.left_spans), (link.right, link.right_spans))
    )
    return " ".join(filter(None, (link.kind.value.replace("_", " "), link.field or ""))), f"{sides} ({link.id})"


def _with_ends(reason: Reason, link: Link) -> Reason:
    """The reason with what it links and how sure that is, as a happening has many; its words stand in other reports."""
    return replace(reason, note=f"{link.left}, {link.right} ({link.score:.2f}): {reason.note}", span=None)


def _sides(link: Link, told: Tellings) -> Iterator[tuple[str, str]]:
    """Each passage of either side, first with first, with its place."""
    ends = ((link.left, link.left_spans), (link.right, link.right_spans))
    passages = max(len(spans) for _, spans in ends) or 1
    for number in range(passages):
        for side, (end, spans) in zip(("left", "right"), ends, strict=True):
            if _is_told(end, told) and (number < len(spans) or number == 0):
                cited = cite(end, _nth(spans, number), told)
                yield f"{side} in {cited.report}", _quoted(cited)


def _nth(spans: tuple[Span, ...], number: int) -> tuple[Span, ...]:
    return spans[number : number + 1]


def _is_told(end: Id, told: Tellings) -> bool:
    return end in told.events or end in told.readings


def _quoted(cited: Citation) -> str:
    words = f"“{cited.words}” — " if cited.words else ""
    return "; ".join(filter(None, (f"{words}{whose(cited)}", place(cited))))
