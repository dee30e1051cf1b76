"""Date lines: where a report itself says when it came out, in a line of its head or foot that is no prose.

Three kinds, the surest first: a line that a word such as "Published" opens; a line of nothing but a date, names and
marks between them ("The Orlo Post | May 3, 2019"); a dateline ("ORLO, May 3 (Agency) —"), which tells when the report
was filed. A date that is part of a sentence is none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.when.timewords import Vocabulary
from onrecord.record import Reading, Reason, Span, TimeExpression, TimeKind

HEAD, FOOT = 1200, 400  # characters at either end of a report in which it may say when it came out
LONGEST = 200  # the longest such line, in characters
BREAK = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]")

MARKS = "|—–―·•;/"
# What may stand between the opening word and the date, beside names: "Released in Orlo on", "Posted at 9:30 on".
BETWEEN = frozenset({"at", "in", "of", "on", "the", "by", "for", "from", "and", "to", "online", "here"})
# Small words inside names, and what page furniture says beside a date ("4 min read").
SMALL = BETWEEN | {
    "am",
    "pm",
    "de",
    "del",
    "der",
    "di",
    "la",
    "van",
    "von",
    "al",
    "el",
    "min",
    "mins",
    "minute",
    "minutes",
}
SMALL |= {"a", "p", "m", "a.m", "p.m", "@", "updated", "read", "reading", "time", "local", "edition", "comments"}
SMALL |= {"views", "shares"}
EARLIER = frozenset({"first", "originally", "initially"})
LATER = frozenset({"last", "latest"})
# "This article was published on ..."
OPENERS = EARLIER | LATER | {"this", "article", "story", "report", "piece", "page", "was", "is", "on"}
# Lines about a picture or a right say nothing of the report's day.
OTHER = re.compile(
    r"\W*(?:photo|picture|image|file|caption|copyright|©|credit|correction|clarification)", re.IGNORECASE
)
ZONE = r"\(?(?:[A-Z]{1,4}\b)?(?:[+-]\d{1,2}(?::?\d\d)?)?\)?"
CLOCK = rf"\d{{1,2}}(?!\d)(?:[:.]\d\d){{0,2}}\s*(?:[ap](?:\.?m\b\.?|\b))?(?:\s*{ZONE})?"
AT = r"(?:(?:at|@)\s+)?"
STOPS = re.compile(r"(?<![ap]\.m)\. ")
LAST_UPDATED = re.compile(r"\s+Last updated(?= at )", re.IGNORECASE)  # "3 May 2019 Last updated at 11:40 GMT"
# After a date that a line states: nothing, a mark, the time of day, a full stop.
ENDS = re.compile(rf"[\s,]*{AT}(?:T?{CLOCK})?\s*(?:$|[{re.escape(MARKS)})\]]|\.(?:\s|$)|-\s)")
SHORT_DAY = re.compile(r"\b(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?\s*$", re.IGNORECASE)
CLOCK_ONLY = re.compile(rf"[\s,]*{AT}{CLOCK}\s*", re.IGNORECASE)
# A dateline: "HALVERTON, Sept. 8 (Agency) —", "(Halverton, 8 Sept. 2019)", "Sept. 8 (Agency) —", or with the place in
# capitals "HALVERTON, Sept. 8. The council ...". After a dash the report's first sentence begins.
NAME = r"[A-Z][\w.'’ -]{1,40}(?: \([\w.'’ -]{2,30}\))?(?:, [A-Z][\w.'’ -]{1,30}){0,2}"
AGENCY = r"(?:[(\[][^()\[\]\n]{1,40}[)\]]|/[^/\n]{1,40}/)"
BEGINS = r"(?:\s*$|\s+(?=[\"“‘'(\[A-Z\d]))"
PLACE = re.compile(rf"\W{{0,3}}{NAME}(?:,|\s*\(|\s*(?:—|–|--)|\s-)\s+$")
CAPITAL_PLACE = re.compile(r"\W{0,3}[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w.'’ -]{1,30})?,\s+$")
BRACKET_PLACE = re.compile(rf"\s{{0,8}}[(\[]{NAME},\s+$")
DASH = re.compile(rf"\s*(?:,\s*\d{{4}})?\s*\)?\s*(?:{AGENCY}\s*)?(?:—|–|―|--|-|_){BEGINS}")
AGENCY_DASH = re.compile(rf"\s*{AGENCY}\s*(?:—|–|―|--|-|_){BEGINS}")
STOP = re.compile(rf"\s*(?:{AGENCY}\s*)?[.:]\s")
SHORT_YEAR = re.compile(r"\s+['’]?(\d\d)(?=[\s)(\[])")
BRACKET = re.compile(r"\s*[)\]]\s*(?:—|–|―|--|-|[.:])?\s*[\"“‘'A-Z]")


@dataclass(frozen=True, slots=True)
class DateLine:
    """An expression that tells when the report came out: how it does, ``first`` or ``last`` version, the words.

    ``ending``: the last two figures of its year, where only they are written ("ORLO, 3 MAY 90 --").
    """

    expression: TimeExpression
    rule: str
    version: str
    reasons: tuple[Reason, ...]
    ending: int | None = None


def find(reading: Reading, v: Vocabulary) -> list[DateLine]:
    """Every date line of a report, the surest kind first, and in the order of the text. Looks at its ends only."""
    text = reading.document.text
    found = []
    for expression in reading.times:
        start = expression.span.start
        if expression.kind not in {TimeKind.DATE, TimeKind.TIME} or HEAD < start < len(text) - FOOT:
            continue
        line = _judge(expression, text, v)
        if line is not None:
            found.append(line)
    alone = {line.expression.timex[:10] for line in found if line.rule == "line-of-its-own"} - {"XXXX-XX-XX", ""}
    if len(alone) > 1:  # a list of days, as in a chronology: none of them is the report's
        found = [line for line in found if line.rule != "line-of-its-own"]
    order = ("stated-line", "line-of-its-own", "dateline")
    return sorted(found, key=lambda line: order.index(line.rule))


def _judge(expression: TimeExpression, text: str, v: Vocabulary) -> DateLine | None:
    start, end = expression.span.start, expression.span.end
    low = max(0, start - LONGEST)
    begin = max((m.end() + low for m in BREAK.finditer(text[low:start])), default=low)
    stop = BREAK.search(text, end, min(len(text), end + 4 * LONGEST))
    before, after = text[begin:start], text[end : stop.start() if stop is not None else end + 4 * LONGEST]
    if BREAK.search(text, start, end) or (begin == low > 0):
        return None
    words = Reason("", expression.span.cut(text), expression.span)
    stated = _stated(before, after, begin, v)
    if stated is not None:
        version, why = stated
        return DateLine(expression, "stated-line", version, (_named("stated-line", words), why))
    if start > HEAD:
        return None
    if len(before) + len(after) <= LONGEST and _is_furniture(before, after):
        return DateLine(expression, "line-of-its-own", "", (_named("line-of-its-own", words),))
    short = SHORT_YEAR.match(after) if expression.timex.startswith("XXXX-") else None
    ending = int(short.group(1)) if short is not None else None
    if not _is_filed(before, after[short.end() :] if short is not None else after):
        return None
    return DateLine(expression, "dateline", "", (_named("dateline", words),), ending)


def _is_filed(before: str, after: str) -> bool:
    """Whether a place stands before a date and a dash after it, or one of the other shapes of a dateline."""
    shapes = [(PLACE, DASH), (CAPITAL_PLACE, STOP), (BRACKET_PLACE, BRACKET)]
    if not before.strip():
        return AGENCY_DASH.match(after) is not None
    return any(place.match(before) and rest.match(after) for place, rest in shapes)


def _named(rule: str, words: Reason) -> Reason:
    return Reason(f"dating.{rule}", words.note, words.span)


def _stated(before: str, after: str, offset: int, v: Vocabulary) -> tuple[str, Reason] | None:
    """The word that opens the line or its last part and says that the date is the report's, and of which version."""
    cut = max([before.rfind(mark) for mark in (*MARKS, "  ", "\t")] + [m.start() for m in STOPS.finditer(before)])
    piece = before[cut + 1 :]
    words = [(m.group(), m.start() + cut + 1 + offset) for m in re.finditer(r"[\w'’]+", piece)][:12]
    while words and words[0][0].lower() in OPENERS:
        words = words[1:]
    row = v.publication.get(words[0][0].lower()) if words else None
    if row is None:
        return None
    ended = ENDS.match(after) or _are_names(after) or (row["version"] == "last" and after.startswith(" with "))
    if not ended:
        return None
    word, at = words[0]
    colon = piece[at - offset - cut - 1 + len(word) :].lstrip()[:1] == ":"
    if row.flag("colon") and not colon:
        return None
    if not all(w[0].isupper() or w[0].isdigit() or w.lower() in SMALL for w, _ in words[1:]):
        return None
    note = f"“{word}” says when the report came out"
    return row["version"], Reason(row.rule, note, Span(at, at + len(word)))


def _is_furniture(before: str, after: str) -> bool:
    """Whether only names, times of day and marks stand beside a date, and a mark or blanks part it from them."""
    after = LAST_UPDATED.sub("", after, count=1) if LAST_UPDATED.match(after) else after
    left = SHORT_DAY.sub("", before).rstrip()
    right = (CLOCK_ONLY.sub("", after, count=1) if CLOCK_ONLY.match(after) else after).strip()
    gap = before[len(left) :]
    parted = left.lower() in {"", "on"} or left[-1] in MARKS + ",.:()[-" or len(gap) > 1 or "\t" in gap
    if not parted or (right and right[0] not in MARKS + ",.)]-(") or OTHER.match(before):
        return False
    return _are_names(left) and _are_names(right) and not (left + right).endswith(("!", "?"))


def _are_names(words: str) -> bool:
    """Whether every word is a name, a figure, or a small word such as stands in names or in a page's furniture."""
    bare = [word.strip("\"'“”‘’.,:;()[]|—–―·•/-") for word in words.split()]
    return len(bare) <= 16 and all(not b or b[0].isupper() or b[0].isdigit() or b.lower() in SMALL for b in bare)
