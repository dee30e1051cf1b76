"""Parts of the day and clock times, each with its day: "noon Thursday", "9 a.m. on 4 May", "the night of 3 June".

Rules as in ``dategrammar``.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import Meaning
from onrecord.extract.when.dategrammar import (
    CLOCK,
    MERIDIEM,
    ZONES,
    Found,
    a_holiday,
    a_weekday,
    day_first,
    longest,
    mark,
    month_first,
)
from onrecord.extract.when.shiftgrammar import pointing, shifted
from onrecord.extract.when.timewords import CARDINAL, Vocabulary, Words
from onrecord.record import TimeKind

BEFORE_CLOCK = frozenset({"at", "by", "until", "from", "around", "about", "before", "after", "to", "between"})


def a_clock(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "10 p.m.", "7:15 p.m. EST", "14:30", "4 in the morning", "noon", each with the day that follows."""
    part = v.parts.get(words.at(i))
    if part is not None and part.flag("alone"):
        return _on_day(words, i + 1, v, Meaning(TimeKind.TIME, part=part["code"], marks=(mark(part, i, i + 1),)))
    found = _hours(words, i)
    if found is None:
        return None
    end, hour, minute = found
    if hour > 24 or minute > 59:
        return None
    end += words.at(end) in ZONES
    end += words.at(end) == "time"
    return _on_day(words, end, v, Meaning(TimeKind.TIME, clock=f"{hour:02d}:{minute:02d}"))


def _hours(words: Words, i: int) -> tuple[int, int, int] | None:
    """Where a clock time ends, its hour and its minute: "10 p.m.", "14:30", "1418 GMT", "five o'clock"."""
    word, end = words.at(i), i + 1
    if (
        len(word) == 4
        and word.isdigit()
        and word.isascii()
        and (words.at(end) in ZONES or words.at(end) in {"hours", "hrs"})
    ):
        return end + (words.at(end) not in ZONES), int(word[:2]), int(word[2:])
    found = CLOCK.match(word)
    if found is None:
        spelled = CARDINAL.get(word, 0)
        return (i + 2, spelled, 0) if 0 < spelled < 13 and words.at(end) == "o'clock" else None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    if words.at(end) in MERIDIEM and 1 <= hour <= 12:
        return end + 1, hour % 12 + MERIDIEM[words.at(end)], minute
    in_the = words.at(end) == "in" and words.at(end + 1) == "the" and hour <= 12
    if in_the and words.at(end + 2) in {"morning", "afternoon", "evening"}:
        return end + 3, (hour if words.at(end + 2) == "morning" else hour % 12 + 12), minute
    if words.at(end) == "o'clock" and hour <= 12:
        return end + 1, hour, minute
    stated = ":" in word and (words.at(i - 1) in BEFORE_CLOCK or words.at(end) in ZONES)
    return (end, hour, minute) if stated else None


def _on_day(words: Words, end: int, v: Vocabulary, clock: Meaning) -> Found:
    """A time of day with the day after it: "noon Thursday", "9 a.m. on 4 May", "5 p.m., Nov. 6"."""
    j = end + (words.at(end) == ",")
    if words.at(j) == "(":  # "10:35 a.m. (0735 GMT) Friday"
        close = next((k for k in range(j + 1, j + 5) if words.at(k) == ")"), None)
        j = j if close is None else close + 1
    j += words.at(j) in {"on", "of"}
    day = longest([rule(words, j, v) for rule in (a_weekday, month_first, day_first, pointing, a_holiday, shifted)])
    if day is None or not is_day(day[1]):
        return end, clock
    return day[0], replace(
        day[1], kind=TimeKind.TIME, clock=clock.clock, part=clock.part, marks=clock.marks + day[1].marks
    )


def is_day(meaning: Meaning) -> bool:
    """Whether a meaning names one day: "Friday", "4 May", "yesterday", "Christmas", "the next day"."""
    if meaning.kind is TimeKind.SET:
        return False
    named = meaning.weekday is not None or meaning.day is not None or meaning.day_offset is not None
    return bool(named or meaning.holiday or (meaning.unit == "day" and meaning.shift is not None))


def with_part(words: Words, found: Found, v: Vocabulary) -> Found:
    """A day with the part of the day after it: "Friday night"."""
    end, meaning = found
    row = v.parts.get(words.at(end))
    if row is None or meaning.part or meaning.clock or not is_day(meaning):
        return found
    return end + 1, replace(
        meaning, kind=TimeKind.TIME, part=row["code"], marks=(*meaning.marks, mark(row, end, end + 1))
    )


def part_of_day(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the morning of 4 May"; "mid-afternoon yesterday"."""
    j = i + (words.at(i) == "the")
    if words.at(j) in {"early", "small", "wee"} and words.at(j + 1) == "hours":
        return _of_day(words, j + 2, v, Meaning(TimeKind.TIME, part="TMO", mod="START"))
    row = v.parts.get(words.at(j))
    if row is None or row.flag("alone"):
        return None
    k = j + 1 + (words.at(j + 1) == "hours")
    found = _on_day(words, k, v, Meaning(TimeKind.TIME, part=row["code"], marks=(mark(row, j, j + 1),)))
    return found if found[0] > k else None


def _of_day(words: Words, k: int, v: Vocabulary, part: Meaning) -> Found | None:
    """As in "the early hours of Friday", "the small hours of Friday morning"."""
    end, found = _on_day(words, k, v, part)
    return None if end == k else (end + (words.at(end) == "morning"), found)
