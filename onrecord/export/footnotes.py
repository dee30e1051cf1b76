"""The footnotes of a document: which passage of which report each line rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.export.citations import Citation
from onrecord.export.digest import Digest, EventLine
from onrecord.export.outline import sections
from onrecord.export.wording import change_in_words


@dataclass(frozen=True, slots=True)
class Footnote:
    """A passage with its number, and the numbers of the lines that rest on it."""

    number: int
    cited: Citation
    lines: tuple[int, ...]


def footnotes(lines: Digest) -> Mapping[Citation, Footnote]:
    """The footnotes of all lines, by what they cite (``Citation.as_note``), in the order in which they are met.

    Lines are counted from 1 in the order of the sections.
    """
    found: dict[Citation, list[int]] = {}
    everything = (line for section in sections(lines) for line in section.lines)
    for number, line in enumerate(everything, 1):
        for cited in dict.fromkeys(cited.as_note for cited in cited_by(line)):
            found.setdefault(cited, []).append(number)
    return {cited: Footnote(number, cited, tuple(own)) for number, (cited, own) in enumerate(found.items(), 1)}


def cited_by(line: EventLine) -> Iterator[Citation]:
    """What a line cites, in the order of its words: its tellings, the sides of its disputes, its changes."""
    yield from line.tellings
    for dispute in line.disputes:
        yield from dispute.sides
    for change in line.changes:
        yield from (part for part in change_in_words(change) if isinstance(part, Citation))


def place(cited: Citation) -> str:
    """The characters of the report that a citation takes up.

    >>> from datetime import date
    >>> from onrecord.record import Span
    >>> place(Citation("ev-1", "r-1", "Courier", "", date.max, "two words", (Span(3, 6), Span(9, 14))))
    'characters [3, 6), [9, 14)'
    """
    return "characters " + ", ".join(f"[{span.start}, {span.end})" for span in cited.spans) if cited.spans else ""
