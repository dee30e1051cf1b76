"""The order in which every page lays out a digest, and what stands around its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.export.digest import Digest, EntityLine, EventLine, LeftOpen, SourceLine
from onrecord.export.wording import counted

NAMED_KINDS = frozenset({"person", "organisation", "group"})
NO_VERDICT = "Each side stands in its own words. Which of them is right is not judged here."
# What a page may make a link of: nothing that could end the link or hide where it leads.
ADDRESS = re.compile(r"https?://[!#$%&()*+,./0-9:;=?@A-Z_a-z~\[\]-]+")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; ``note`` says how to take them."""

    title: str
    note: str
    lines: tuple[EventLine, ...]


def sections(lines: Digest) -> tuple[Section, ...]:
    """The sections of events, in the order of a page; empty ones are left out."""
    found = (
        Section("What happened", "", lines.happened),
        Section("Disputed: some say it happened, others that it did not", NO_VERDICT, lines.contested),
        Section("Denied, refused, or did not happen", "", lines.did_not),
        Section("Planned, asked for, feared, not certain", "", lines.open_or_planned),
    )
    return tuple(section for section in found if section.lines)


def sources_by_name(sources: Sequence[SourceLine]) -> tuple[tuple[str, Sequence[SourceLine]], ...]:
    """Sources with a name and without one, under their headings; of the unnamed, those with known terms first."""
    unnamed = [source for source in sources if not source.named]
    found = (
        ("Who says so: named", [source for source in sources if source.named]),
        ("Who says so: unnamed", sorted(unnamed, key=lambda source: not (source.terms or source.reasons))),
    )
    return tuple((title, group) for title, group in found if group)


def terms_in_words(source: SourceLine) -> tuple[tuple[str, str], ...]:
    """On what terms a source speaks, why, and how it knows, each in the words of reports."""
    found = (("terms", source.terms), ("reason", source.reasons), ("knows it", source.knowledge))
    return tuple((label, "; ".join(f"“{word}”" for word in words[:3])) for label, words in found if words)


def told_through(source: SourceLine) -> str:
    """How much is known through a source, and how much of it through nobody else; empty if nothing is."""
    alone = f", {len(source.alone)} told by nobody else" if source.alone else ""
    return counted(source.events, "event") + alone if source.events else ""


def people_and_bodies(entities: Iterable[EntityLine]) -> list[EntityLine]:
    """The people, bodies and groups that have a name."""
    return [entity for entity in entities if entity.named and entity.kind in NAMED_KINDS]


def left_open_in_words(left: LeftOpen) -> tuple[tuple[int, str], ...]:
    """How many of what were left open."""
    counts = (
        (left.mentions, "mentions whose person or body could not be told"),
        (left.statements_without_source, "statements without a known source"),
        (left.events_without_actor, "events without an actor"),
        (left.events_without_date, "events without a date"),
        (left.times_without_date, "time expressions without a date"),
    )
    return tuple((count, what) for count, what in counts if count)


def problems_in_words(count: int) -> str:
    """A warning that something could not be read or understood."""
    return f"{counted(count, 'problem')} while reading; something may be missing below"


def how_to_read(lines: Digest) -> tuple[str, ...]:
    """What a reader of a document has to know, a paragraph each."""
    reports = counted(len(lines.reports), "report")
    return (
        f"Taken from {reports} by onrecord {lines.version}, in the words of the reports. A line without “says” is the "
        "word of the report itself. Footnotes lead to the exact words that each line rests on. Where reports differ, "
        "each side stands with its words, and none is called right.",
        "~: a date that was worked out; it does not stand in the words. c.: about. [denied] and the like: what the "
        "voice behind the line presents it as. Characters are counted in the text of the report as it was kept.",
    )


def is_address(url: str) -> bool:
    """Whether a page may make a link of this.

    >>> is_address("https://ledger.example/1?a=b"), is_address("javascript:alert(1)"), is_address("https://a b")
    (True, False, False)
    """
    return ADDRESS.fullmatch(url) is not None
