"""TimeML: each report with its time expressions as TIMEX3 tags (ISO 24617-1; TimeML 1.2.1), one file a report.

The text stands in ``TEXT``. Without the tags it is the report's text, character for character, with one exception:
XML 1.0 has no way at all to write some control characters. Each of these becomes U+FFFD, so that nothing moves, and
the processing instruction ``<?onrecord replaced="12:U+0000 ..."?>`` says where and which.

``t0`` is the report's date. If that is not known to the day, X stands for the figures that are not (``2012-XX-XX``) and
its ``comment`` tells the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from onrecord.export.days import published_in_words
from onrecord.export.formulas import PUBLICATION, modifier
from onrecord.export.standards import timex
from onrecord.export.written import folder
from onrecord.record import Account, Id, Reading, TimeExpression

# What may not stand in an XML 1.0 document, not even as a character reference.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Characters that a parser would take for markup, or change: it turns a carriage return into a line feed.
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
IN_ATTRIBUTES = ESCAPES | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_timeml(account: Account, out: Path) -> list[Path]:
    """TimeML: one file a report in a folder, its time expressions tagged as TIMEX3.

    The folder ``out`` is made if absent. Raises BadInput if it is a file.
    """
    folder(out, "TimeML needs a folder, one file per report")
    paths = []
    for reading in account.readings:
        paths.append(out / f"{reading.document.id}.tml")
        paths[-1].write_bytes(timeml(reading).encode("utf-8"))
    return paths


def timeml(reading: Reading) -> str:
    """One report as a TimeML document."""
    document = reading.document
    title = f"<TITLE>{escaped(document.title)}</TITLE>\n" if document.title else ""
    return (
        f"{HEAD}<TimeML>\n<DOCID>{escaped(document.id)}</DOCID>\n{title}<DCT>{_creation_time(reading)}</DCT>\n"
        f"{_replaced(document.text)}<TEXT>{''.join(_tagged(reading))}</TEXT>\n</TimeML>\n"
    )


def escaped(words: str, escapes: Mapping[str, str] = ESCAPES) -> str:
    """Words as XML; what XML cannot hold becomes U+FFFD.

    >>> escaped("a < b & c"), escaped("bell:" + chr(7)) == "bell:" + chr(0xFFFD)
    ('a &lt; b &amp; c', True)
    """
    return FORBIDDEN.sub("\ufffd", words).translate({ord(char): xml for char, xml in escapes.items()})


def _replaced(text: str) -> str:
    """Which characters of the text could not be written, and where each stands in it."""
    places = " ".join(f"{found.start()}:U+{ord(found.group()):04X}" for found in FORBIDDEN.finditer(text))
    return f'<?onrecord replaced="{places}"?>\n' if places else ""


def _creation_time(reading: Reading) -> str:
    published = reading.published
    value = timex(published)
    said = published_in_words(published)
    attributes = {
        "tid": "t0", "type": "TIME" if "T" in value else "DATE", "value": value, "temporalFunction": "false",
        "functionInDocument": "CREATION_TIME",
        "comment": (said or "no date") if published is None or published.inferred or "X" in value else "",
    }  # fmt: skip
    return _tag(attributes, value)


def _tag(attributes: Mapping[str, str], words: str) -> str:
    said = "".join(f' {name}="{escaped(value, IN_ATTRIBUTES)}"' for name, value in attributes.items() if value)
    return f"<TIMEX3{said}>{escaped(words)}</TIMEX3>"


def _tagged(reading: Reading) -> Iterator[str]:
    """The text, escaped, with its tags. Of two expressions that share a character only the first gets one."""
    text, at = reading.document.text, 0
    times = list(_apart(reading.times))
    numbers = {time.id: f"t{n}" for n, time in enumerate(times, start=1)} | {PUBLICATION: "t0"}
    for time in times:
        yield escaped(text[at : time.span.start])
        yield _tag(_attributes(time, numbers), time.span.cut(text))
        at = time.span.end
    yield escaped(text[at:])


def _apart(times: Iterable[TimeExpression]) -> Iterator[TimeExpression]:
    end = 0
    for time in sorted(times, key=lambda time: (time.span.start, -time.span.end)):
        if time.span.start >= end:
            yield time
            end = time.span.end


def _attributes(time: TimeExpression, numbers: Mapping[Id, str]) -> dict[str, str]:
    return {
        "tid": numbers[time.id],
        "type": time.kind.value.upper(),
        "value": time.timex or timex(time.interval),
        "mod": modifier(time),
        "temporalFunction": "true" if time.relative_to is not None else "false",
        "anchorTimeID": numbers.get(time.relative_to or "", ""),
    }
