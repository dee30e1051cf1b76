"""The account as Markdown (CommonMark with footnotes, as GitHub and Pandoc read them), to be handed on.

Every line has footnotes that give report, words and place. What comes from reports is escaped: no word of a report
makes a heading, a link, a table or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.export.citations import Citation, one_line
from onrecord.export.digest import Digest, EntityLine, EventLine, ReportLine, SourceLine
from onrecord.export.disputes import WHETHER, Dispute
from onrecord.export.footnotes import Footnote, footnotes, place
from onrecord.export.outline import (
    Section,
    how_to_read,
    is_address,
    left_open_in_words,
    people_and_bodies,
    problems_in_words,
    sections,
    sources_by_name,
    terms_in_words,
    told_through,
)
from onrecord.export.wording import IN_WORDS, change_in_words, fields_in_words, status_in_words, whose
from onrecord.record import Id

Notes = Mapping[Citation, Footnote]
# Marks that mean something anywhere in a line, and those that do at its beginning.
MARKS = re.compile(r"([\\`*_\[\]<>|~&$])")
LEADING = re.compile(r"^(\d+)?([#+=.)-])")
# Where GitHub makes a link of a bare address.
BARE = re.compile(r"(?<=www)(?=\.)|(?<=https)(?=://)|(?<=http)(?=://)|(?<=ftp)(?=://)", re.IGNORECASE)


def markdown(lines: Digest, name: str) -> str:
    """The account of a case with this name as one Markdown document."""
    notes = footnotes(lines)
    numbers = {report.id: number for number, report in enumerate(lines.reports, 1)}
    parts = (
        _opening(lines, name),
        _reports(lines.reports, numbers),
        *(_section(section, notes) for section in sections(lines)),
        *(_sources(title, group) for title, group in sources_by_name(lines.sources)),
        _entities(people_and_bodies(lines.entities)),
        _left_open(lines),
        _footnotes(notes.values(), {report.id: report for report in lines.reports}, numbers),
    )
    return "\n\n".join(text for part in parts if (text := "\n".join(part))) + "\n"


def escaped(words: str) -> str:
    r"""Words of a report as plain text of a Markdown line.

    >>> print(escaped("# *not* a\n[heading](x)"))
    \# \*not\* a \[heading\](x)
    """
    return LEADING.sub(r"\1\\\2", _without_marks(one_line(words)))


def _without_marks(words: str) -> str:
    return BARE.sub(r"\\", MARKS.sub(r"\\\1", words))


def _opening(lines: Digest, name: str) -> Iterator[str]:
    yield f"# {escaped(name)}: the account"
    for paragraph in how_to_read(lines):
        yield f"\n{escaped(paragraph)}"
    if lines.left_open.problems:
        yield f"\n**{problems_in_words(lines.left_open.problems)}.**"


def _reports(reports: Iterable[ReportLine], numbers: Mapping[Id, int]) -> Iterator[str]:
    yield "## Reports\n"
    for report in reports:
        yield f"{numbers[report.id]}. {_report(report)}"
        for tie in report.ties:
            yield f"    - {tie.what} report {numbers[tie.other]}" + (f": {escaped(tie.detail)}" if tie.detail else "")


def _report(report: ReportLine) -> str:
    address = f", <{report.url}>" if is_address(report.url) else f", {escaped(report.url)}" if report.url else ""
    return f"{escaped(report.told_by)}, “{escaped(report.title)}”, {report.published or 'no date'}{address}"


def _section(section: Section, notes: Notes) -> Iterator[str]:
    yield f"## {section.title}\n"
    if section.note:
        yield f"{section.note}\n"
    for line in section.lines:
        yield f"- {_line(line, notes)}"
        yield from (f"    {below}" for below in _below(line, notes))


def _line(line: EventLine, notes: Notes) -> str:
    status = f" \\[{IN_WORDS[line.status]}\\]" if IN_WORDS[line.status] else ""
    marks = "".join(dict.fromkeys(_mark(cited, notes) for cited in line.tellings))
    more = (line.voice, "implied" if line.implied else "", "background" if line.background else "")
    behind = "".join(f" — {escaped(words)}" for words in more if words)
    return f"**{escaped(line.days) or 'no date'}**{status} {escaped(line.words)}{behind}{marks}"


def _mark(cited: Citation, notes: Notes) -> str:
    return f"[^{notes[cited.as_note].number}]"


def _below(line: EventLine, notes: Notes) -> Iterator[str]:
    if line.carried:
        yield f"- {escaped(line.carried)}"
    for dispute in line.disputes:
        yield f"- disputed: {escaped(fields_in_words((dispute.field,)))}"
        yield from (f"    - {side}" for side in _sides(dispute, notes))
    for change in line.changes:
        yield "- " + "".join(
            _without_marks(part) if isinstance(part, str) else _quoted(part, notes) for part in change_in_words(change)
        )


def _sides(dispute: Dispute, notes: Notes) -> Iterator[str]:
    for side in dispute.sides:
        status = f"{status_in_words(side.status)}: " if dispute.field == WHETHER and side.status else ""
        yield status + _quoted(side, notes)


def _quoted(cited: Citation, notes: Notes) -> str:
    return f"“{escaped(cited.words)}” ({escaped(whose(cited))}){_mark(cited, notes)}"


def _sources(title: str, group: Sequence[SourceLine]) -> Iterator[str]:
    yield f"## {title}\n"
    for source in group:
        told = told_through(source)
        yield f"- {escaped(source.name)} — {source.statements} ×" + (f"; {told}" if told else "")
        yield from (f"    - {label}: {escaped(words)}" for label, words in terms_in_words(source))


def _entities(group: Sequence[EntityLine]) -> Iterator[str]:
    if group:
        yield "## People and bodies\n"
    for entity in group:
        yield f"- {escaped(entity.name)} ({entity.kind})" + (
            f" — {escaped('; '.join(entity.roles[:3]))}" if entity.roles else ""
        )


def _left_open(lines: Digest) -> Iterator[str]:
    yield "## Left open, not guessed\n"
    yield from (f"- {count} {what}" for count, what in left_open_in_words(lines.left_open))


def _footnotes(notes: Iterable[Footnote], reports: Mapping[Id, ReportLine], numbers: Mapping[Id, int]) -> Iterator[str]:
    for note in notes:
        cited = note.cited
        says = f" — says {escaped(cited.says)}{' (unnamed)' if cited.unnamed else ''}" if cited.says else ""
        cue = f" (“{escaped(cited.cue)}”)" if cited.cue else ""
        yield (
            f"[^{note.number}]: {_report(reports[cited.report])} (report {numbers[cited.report]}): "
            f"“{escaped(cited.words)}”{says}{cue}; {escaped(place(cited))}."
        )
