"""Whether a web page is of a size that pages for readers have: beyond it, parsers take minutes or give up.

libxml2 compares each attribute of an element with all others, and trafilatura visits some elements many times.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

MOST_ELEMENTS = 40_000
DEEPEST = 200
MOST_ATTRIBUTES = 1_000
LONGEST_ATTRIBUTE = 10_000
# A long attribute value, such as a picture written into its address: nothing that is read.
LONG_VALUE = re.compile(
    rf"""=\s{{0,3}}(?:"[^"<>]{{{LONGEST_ATTRIBUTE},}}"|'[^'<>]{{{LONGEST_ATTRIBUTE},}}')""",
)
TAG = re.compile("<[a-zA-Z]")
# What stands between attributes: a quoted value, blanks, a slash.
BETWEEN = re.compile(r"\"[^\"]*\"|'[^']*'|[\s/]+")


def trimmed(markup: str) -> str:
    """The markup with its long attribute values emptied."""
    return LONG_VALUE.sub('=""', markup)


def has_wild_tag(markup: str) -> bool:
    """Whether a tag has attributes without measure. What stands in scripts is no tag."""
    in_script = False
    for piece in markup.split(">"):
        if in_script:
            in_script = "</script" not in piece.lower() and not piece.endswith("--")
            continue
        tag = TAG.search(piece)
        if tag is None:
            continue
        if len(piece) - tag.start() > MOST_ATTRIBUTES and len(BETWEEN.findall(piece, tag.start())) > MOST_ATTRIBUTES:
            return True
        in_script = piece[tag.start() : tag.start() + 7].lower() == "<script"
    return False


def is_wild(tree: HtmlElement) -> bool:
    """Whether a tree is too deep or too large. Long attribute values that are left are taken off on the way."""
    depth = 0
    for count, (event, element) in enumerate(etree.iterwalk(tree, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST or count > 2 * MOST_ELEMENTS:
            return True
        if event == "start":
            for name in [name for name, value in element.items() if len(value) > LONGEST_ATTRIBUTE]:
                del element.attrib[name]
    return False
