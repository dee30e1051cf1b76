"""The day a web page says it was published: from its own metadata, or from its address, and from nowhere else.

Read in this order: JSON-LD ``datePublished`` (schema.org), meta elements (Open Graph, Dublin Core and the like),
``itemprop="datePublished"``, ``<time pubdate>``, and last a day in the address (``/2021/03/04/``). Only ISO 8601 days
count, as the page writes them, in its own time zone: "04/03/21" could be April or March. Never the running text, the
file's time or today.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from onrecord.readers.intake import published_on
from onrecord.record import TimeInterval

RULE = "read.html-metadata"
# Names and properties of meta elements that mean the day of publication, surest first.
META = (
    "article:published_time", "og:published_time", "datepublished", "date.published", "publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "citation_publication_date", "publishdate", "pubdate", "article.published",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
ISO_DAY = re.compile(
    r"\s*(\d{4})([-/]?)(\d\d)\2(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?[\d.,]*\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?\s*"
)
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/_.-]|$)")
# JSON-LD blocks larger than this, and more of their parts than this, are left.
LONGEST_BLOCK = 500_000
MOST_PARTS = 5_000
ADDRESS = "the day in the page's address"


def published(tree: HtmlElement, url: str) -> TimeInterval | None:
    """The day of publication with its source as the reason, or ``None`` if the page names none."""
    for words, place in _candidates(tree, url):
        found = _interval(words, place)
        if found is not None:
            return found
    return None


def unread(tree: HtmlElement, url: str) -> str:
    """What the page gives as its date, and where it stands, if none of it can be read; empty if it gives nothing.

    Only for a page without a date: what can be read is not looked at again.
    """
    given = ((" ".join(words.split())[:60], place) for words, place in _candidates(tree, url))
    said = (f"“{words}”, {place}" for words, place in given if words and place != ADDRESS)
    return next(said, "")


def _candidates(tree: HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """What may be the date, surest first, and where it stands."""
    for words in _linked_data(tree):
        yield words, "datePublished in the page's JSON-LD"
    given: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        given.setdefault(name.strip().lower(), meta.get("content") or "")
    for name in META:
        if name in given:
            yield given[name], f"{name} in the page's metadata"
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or "", "the page's element marked as its date"
    for match in IN_ADDRESS.finditer(url):
        yield "-".join(match.groups()), ADDRESS


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    """Each ``datePublished`` of an article in the page's JSON-LD."""
    for script in tree.iter("script"):
        block = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(block) > LONGEST_BLOCK:
            continue
        try:
            waiting: list[Any] = [json.loads(block)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MOST_PARTS):
            if not waiting:
                break
            part = waiting.pop(0)
            if isinstance(part, list):
                waiting = part + waiting
            elif isinstance(part, dict):
                if isinstance(part.get("datePublished"), str) and _is_article(part.get("@type")):
                    yield part["datePublished"]
                waiting = [part[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in part] + waiting


def _is_article(kind: Any) -> bool:
    """Whether a schema.org type is one of a report (not of a comment, a film or an offer beside it)."""
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(("Article", "BlogPosting", "WebPage", "Report")) for k in kinds)


def _interval(words: str, place: str) -> TimeInterval | None:
    match = ISO_DAY.fullmatch(words[:60])
    if match is None:
        return None
    year, _, month, day, hour, minute, second = match.groups()
    # Midnight to the second is what programs write where they know the day only.
    clock = (
        f"{hour}:{minute}" if hour and int(hour) < 24 and (hour, minute, second or "00") != ("00", "00", "00") else ""
    )
    try:
        return published_on(date(int(year), int(month), int(day)), clock, RULE, place)
    except (ValueError, OverflowError):
        return None
