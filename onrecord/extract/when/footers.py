"""Footers: the year that a copyright line gives a report, as in "© 2017 The Orlo Post"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from onrecord.extract.when.clues import Evidence, Told, year_from
from onrecord.record import Reason

# "(c) 1998", "Copyright 2011", "© 2005-2017": of a stretch of years the last says only before when.
LINE = re.compile(
    r"(?:©|\([cC]\)|\bcopyright\b)(?:\s*(?:©|\([cC]\)))?,?\s{0,3}(?:(\d{4})\s?[-–—]\s?)?(\d{4})\b(?![-–—]\d)",
    re.IGNORECASE,
)


def copyright_lines(evidence: Evidence) -> list[Told]:
    """The year of the last copyright line; of a stretch of years only its end, since pages carry it on."""
    found = list(LINE.finditer(evidence.parse.view.text))
    if not found:
        return []
    line = found[-1]
    year = int(line.group(2))
    if not 1800 < year < 2200:
        return []
    start, end = year_from(date(year, 1, 1))
    why = Reason("dating.copyright-line", f"the copyright line is of {year}",
                 evidence.parse.view.span(line.start(), line.end()))  # fmt: skip
    return [Told(None if line.group(1) else start, end, (why,))]


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (copyright_lines,)
