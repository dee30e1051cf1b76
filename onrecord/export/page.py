"""The account as one HTML page, to be handed on: no scripts, nothing fetched, readable on a phone and on paper.

Whatever comes from reports passes through ``element``, which escapes all that is not an element itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template

from onrecord.export.citations import Citation, one_line
from onrecord.export.digest import Digest, EntityLine, EventLine, ReportLine, SourceLine, Tie
from onrecord.export.disputes import WHETHER, Dispute
from onrecord.export.footnotes import Footnote, footnotes, place
from onrecord.export.outline import (
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
from onrecord.export.sheet import PAGE, POLICY, STYLE
from onrecord.export.wording import IN_WORDS, change_in_words, fields_in_words, status_in_words, whose
from onrecord.record import Id

Notes = Mapping[Citation, Footnote]
LANGUAGE = re.compile(r"[A-Za-z]{2,3}")


class Element(str):
    """HTML that is well formed and escaped."""

    __slots__ = ()


def element(name: str, *parts: str, **attributes: str) -> Element:
    """An element; parts that are no elements are escaped, attributes that are empty left out.

    >>> element("p", "<b>", element("i", "x"), class_='a"b')
    '<p class="a&quot;b">&lt;b&gt;<i>x</i></p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(one_line(value))}"'
        for key, value in attributes.items()
        if value
    )
    return Element(f"<{name}{given}>{joined(parts)}</{name}>")


def joined(parts: Iterable[str]) -> Element:
    """Elements one after the other, and words between them escaped."""
    return Element("".join(part if isinstance(part, Element) else _text(part) for part in parts))


def _text(words: str) -> str:
    """Words as text: control and direction marks go; blanks at the ends stay."""
    return html.escape("".join(char for char in words if char.isprintable()))


def page(lines: Digest, name: str) -> str:
    """The account of a case with this name as one HTML document."""
    title = f"{one_line(name)}: the account"
    parts = list(_parts(lines))
    return Template(PAGE).substitute(
        policy=html.escape(POLICY),
        title=_text(title),
        style=STYLE,
        header=_header(lines, title, [heading for heading, *_ in parts]),
        main=Element("\n").join(_section(*part) for part in parts),
        footer=element("footer", element("p", f"Made by onrecord {lines.version}. This page loads nothing.")),
    )


Part = tuple[str, str, Element]


def _parts(lines: Digest) -> Iterator[Part]:
    """The sections of the page: heading, note and content."""
    notes = footnotes(lines)
    numbers = {report.id: number for number, report in enumerate(lines.reports, 1)}
    yield "Reports", "", _list(_report_row(report, numbers) for report in lines.reports)
    first = 1
    for section in sections(lines):
        rows = enumerate(section.lines, first)
        yield section.title, section.note, _list(_line(line, number, notes) for number, line in rows)
        first += len(section.lines)
    for title, group in sources_by_name(lines.sources):
        yield title, "", _list(map(_source, group))
    if people := people_and_bodies(lines.entities):
        yield "People and bodies", "", _list(map(_entity, people))
    left = left_open_in_words(lines.left_open)
    yield "Left open, not guessed", "", _list(_row(str(count), what) for count, what in left)
    reports = {report.id: report for report in lines.reports}
    yield "Footnotes", "", _list(_footnote(note, reports[note.cited.report], numbers) for note in notes.values())


def _header(lines: Digest, title: str, headings: Sequence[str]) -> Element:
    links = (element("li", element("a", heading, href=f"#{_anchor(heading)}")) for heading in headings)
    problems = lines.left_open.problems
    return element(
        "header",
        element("h1", title),
        *(element("p", paragraph) for paragraph in how_to_read(lines)),
        *([element("p", f"{problems_in_words(problems)}.", class_="warning")] if problems else []),
        element("nav", element("ul", *links), aria_label="Sections"),
    )


def _section(title: str, note: str, content: Element) -> Element:
    anchor = _anchor(title)
    role = "doc-endnotes" if title == "Footnotes" else ""
    heading = element("h2", title, id=f"{anchor}-heading")
    about = [element("p", note, class_="quiet")] if note else []
    return element("section", heading, *about, content, id=anchor, aria_labelledby=f"{anchor}-heading", role=role)


def _anchor(title: str) -> str:
    return re.sub("[^a-z]+", "-", title.lower())


def _list(items: Iterable[str]) -> Element:
    return element("ol", *items, role="list")  # without marks some readers of screens would not call it one


def _row(when: str, *parts: str, **attributes: str) -> Element:
    return element("li", element("div", when, class_="when"), element("div", *parts), class_="row", **attributes)


def _quiet(words: str) -> Element:
    return element("span", words, class_="quiet")


def _id(row: Id) -> Element:
    return element("span", row, class_="id")


# ------------------------------------------------------------------------------------------------ reports


def _report_row(report: ReportLine, numbers: Mapping[Id, int]) -> Element:
    ties = [element("li", *_tie(tie, numbers)) for tie in report.ties]
    clues = _quiet("dated from " + "; ".join(f"“{clue}”" for clue in report.clues[:4])) if report.clues else ""
    return _row(
        report.days or "no date",
        f"{numbers[report.id]}. ",
        *_named(report),
        " ",
        _id(report.id),
        element("ul", *([element("li", clues)] if clues else []), *ties) if ties or clues else "",
        id=_report_anchor(report.id, numbers),
    )


def _named(report: ReportLine) -> tuple[str, ...]:
    """Outlet, title and address of a report."""
    address = (
        element("a", report.url, href=report.url, rel="noreferrer nofollow") if is_address(report.url) else report.url
    )
    language = report.language if LANGUAGE.fullmatch(report.language) else ""
    title = element("cite", report.title, lang="" if language == "en" else language)
    return (report.told_by, ", “", title, "”", *((", ", address) if report.url else ()))


def _tie(tie: Tie, numbers: Mapping[Id, int]) -> tuple[str, ...]:
    other = element("a", f"report {numbers[tie.other]}", href=f"#{_report_anchor(tie.other, numbers)}")
    return (f"{tie.what} ", other, f": {tie.detail}" if tie.detail else "")


def _report_anchor(report: Id, numbers: Mapping[Id, int]) -> str:
    return f"report-{numbers[report]}"


# ------------------------------------------------------------------------------------------------ lines


def _line(line: EventLine, number: int, notes: Notes) -> Element:
    status = IN_WORDS[line.status]
    more = (line.voice, "implied" if line.implied else "", "background" if line.background else "")
    below = [element("li", *parts) for parts in _below(line, notes)]
    return _row(
        line.days or "no date",
        *([element("span", f"[{status}]", class_="status"), " "] if status else []),
        line.words,
        *(element("em", f" — {words}") for words in more if words),
        *dict.fromkeys(_mark(cited, notes) for cited in line.tellings),
        " ",
        _id(line.id),
        element("ul", *below) if below else "",
        id=f"line-{number}",
    )


def _mark(cited: Citation, notes: Notes) -> Element:
    number = notes[cited.as_note].number
    return element("sup", element("a", str(number), href=f"#note-{number}", role="doc-noteref"))


def _below(line: EventLine, notes: Notes) -> Iterator[tuple[str, ...]]:
    """What stands below a line: who carries it, what is disputed and how, what changed."""
    if line.carried:
        yield (line.carried,)
    for dispute in line.disputes:
        sides = (element("li", *_side(side, dispute, notes)) for side in dispute.sides)
        yield (f"disputed: {fields_in_words((dispute.field,))}", element("ul", *sides))
    for change in line.changes:
        parts = change_in_words(change)
        yield tuple(own for part in parts for own in ((part,) if isinstance(part, str) else _quoted(part, notes)))


def _side(side: Citation, dispute: Dispute, notes: Notes) -> tuple[str, ...]:
    status = f"{status_in_words(side.status)}: " if dispute.field == WHETHER and side.status else ""
    return (status, *_quoted(side, notes))


def _quoted(cited: Citation, notes: Notes) -> tuple[str, ...]:
    return (f"“{cited.words}” ", element("span", f"({whose(cited)})", class_="label"), _mark(cited, notes))


# ------------------------------------------------------------------------------------------------ the rest


def _source(source: SourceLine) -> Element:
    told = told_through(source)
    terms = [element("li", _quiet(f"{label}: "), words) for label, words in terms_in_words(source)]
    return _row(
        f"{source.statements} ×",
        source.name,
        _quiet(f" — {told}") if told else "",
        element("ul", *terms) if terms else "",
    )


def _entity(entity: EntityLine) -> Element:
    return _row(entity.kind, entity.name, _quiet(f" — {'; '.join(entity.roles[:3])}") if entity.roles else "")


def _footnote(note: Footnote, report: ReportLine, numbers: Mapping[Id, int]) -> Element:
    cited = note.cited
    says = f" — says {cited.says}{' (unnamed)' if cited.unnamed else ''}" if cited.says else ""
    cue = f" (“{cited.cue}”)" if cited.cue else ""
    return element(
        "li",
        element("span", f"{note.number}."),
        element(
            "div",
            *_named(report), f", {report.published or 'no date'} (",
            element("a", f"report {numbers[report.id]}", href=f"#{_report_anchor(report.id, numbers)}"),
            f"): “{cited.words}”{says}{cue}; {place(cited)}. ",
            *_backs(note),
        ),
        id=f"note-{note.number}", class_="note",
    )  # fmt: skip


def _backs(note: Footnote) -> Iterator[Element]:
    """A link to each line that rests on a footnote; they are numbered if there are several."""
    for nth, line in enumerate(note.lines, 1):
        words = f"↩ {nth}" if len(note.lines) > 1 else "↩ back"
        back = element("a", words, href=f"#line-{line}", role="doc-backlink", aria_label=f"Back to line {line}")
        yield element("span", back, " ", class_="back")
