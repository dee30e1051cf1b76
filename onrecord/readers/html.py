"""A saved web page -> Document: main text by trafilatura; title, outlet, authors, address and date as the page says.

The page is never fetched, and nothing that it links to. Its date is the one that its own metadata or address names
(`pagedate.py`); a page without any has none.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document as Page

from onrecord.errors import BadInput
from onrecord.readers.baretext import bare_text
from onrecord.readers.encoding import decode
from onrecord.readers.intake import counted, file_name, paragraphs, receive, storable, trouble
from onrecord.readers.pagedate import published, unread
from onrecord.readers.wildness import has_wild_tag, is_wild, trimmed
from onrecord.record import Block, BlockKind, Document, Problem, Received

for _name in ("trafilatura", "htmldate"):  # what they tell their log (an empty page ...) is told as a Problem here
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# Characters of markup over which a page is refused: the largest news pages have 5 million.
LONGEST_PAGE = 20_000_000
# Without the pictures that are written into it; over this, only its bare text is taken.
LONGEST_LAID_OUT = 5_000_000
# Where a page declares its encoding (HTML Living Standard: within its first 1,024 bytes; some are later).
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{2,30})""", re.IGNORECASE
)
HEAD = 4096
# Date search is ours; trafilatura's is kept from guessing and from asking what day it is.
NO_GUESS = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}
# trafilatura and lxml on hostile pages.
FAILURES = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)


def read(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Read one page. Raises BadInput if it is too large or holds no text."""
    declared = DECLARED.search(data[:HEAD])
    decoded = decode(data, origin, declared.group(1).decode("ascii") if declared else "")
    document, unread = _page(decoded.text, origin)
    received = receive(document, data, origin)
    yield received
    if unread:
        yield trouble(origin, f"its date is not read: {unread}", received.document.id)
    if decoded.damaged:
        cause = f"{counted(decoded.damaged, 'damaged character')} replaced by U+FFFD (read as {decoded.encoding})"
        yield trouble(origin, cause, received.document.id)


def page(markup: str, origin: str) -> Document:
    """The document in a page's markup; id and digest are not yet filled in. Raises BadInput."""
    return _page(markup, origin)[0]


def _page(markup: str, origin: str) -> tuple[Document, str]:
    """The document, and the date that the page gives in a form that is not read (empty if there is none)."""
    if len(markup) > LONGEST_PAGE:
        raise BadInput(
            file_name(origin), f"this page has {len(markup):,} characters of markup; {LONGEST_PAGE:,} are read"
        )
    tree = _tree(markup)
    found = _extract(tree) if tree is not None else None
    text = storable(found.text if found is not None and found.text else bare_text(markup))
    if not text.strip():
        raise BadInput(file_name(origin), "this page holds no text (is it filled by a script? print it to PDF instead)")
    said = found or Page()
    url = storable(said.url or "")
    day = published(tree, url) if tree is not None else None
    document = Document(
        "",
        text,
        _blocks(text, said.title or ""),
        title=storable(said.title or ""),
        outlet=_outlet(said),
        authors=tuple(storable(name.strip()) for name in (said.author or "").split(";") if name.strip()),
        url=url,
        published=day,
        media_type="text/html",
    )
    return document, unread(tree, url) if tree is not None and day is None else ""


def _outlet(said: Page) -> str:
    """The site's name, where the page gives one: the bare host of its address is no name."""
    name = storable(said.sitename or "")
    return "" if name.lower().removeprefix("www.") == (said.hostname or "").lower().removeprefix("www.") else name


def _blocks(text: str, title: str) -> tuple[Block, ...]:
    blocks = paragraphs(text)
    if blocks and title and blocks[0].span.cut(text) == title:
        return (Block(BlockKind.HEADLINE, blocks[0].span), *blocks[1:])
    return blocks


def _tree(markup: str) -> HtmlElement | None:
    """The page's tree, fit for extraction: ``None`` if there is none, or it is too deep or too large for it."""
    fit = trimmed(markup)
    if len(fit) > LONGEST_LAID_OUT or has_wild_tag(fit):
        return None
    try:
        tree = trafilatura.load_html(fit)
    except FAILURES:
        return None
    return None if tree is None or is_wild(tree) else tree


def _extract(tree: HtmlElement) -> Page | None:
    """What trafilatura finds in the page, or ``None`` if it finds no text or fails."""
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=dict(NO_GUESS)
        )
    except FAILURES:
        return None
    return found if isinstance(found, Page) else None
