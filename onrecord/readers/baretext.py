"""The bare words of a web page: for pages from which no main text can be told, or which are too wild to be laid out.

A scanner of our own, because it must take time in proportion to the page whatever stands in it, and not recurse; the
price is that a ">" inside an attribute ends its tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# Elements whose content is no markup (HTML Living Standard, raw text), each up to its own end tag.
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "iframe"})
UNREAD = frozenset({"noscript", "template", "head", "nav", "footer", "form", "button", "select", "svg", "object"})
# Elements that do not part words.
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u",
})  # fmt: skip
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")


def bare_text(markup: str) -> str:
    r"""All words of a page outside scripts and navigation, one line for each element that parts words.

    >>> bare_text("<p>One &amp; <b>two</b></p><ul><li>three<li>four</ul><script>no()</script>")
    'One & two\nthree\nfour'
    """
    words: list[str] = []
    unread = 0
    for piece, closing, name in _pieces(markup):
        if not unread:
            words.append(piece.replace("\n", " "))
        if name in UNREAD:
            unread = max(0, unread - 1) if closing else unread + 1
        elif name and name not in INLINE:
            words.append("\n")
    lines = (" ".join(unescape(line).split()) for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(markup: str) -> Iterator[tuple[str, bool, str]]:
    """The text before each tag, whether that is an end tag, and its name; comments and raw text left out."""
    at = 0
    while (begin := markup.find("<", at)) >= 0:
        tag = TAG.match(markup, begin)
        if tag is None and not markup.startswith(("<!", "<?", "</"), begin):
            yield markup[at : begin + 1], False, ""  # a "<" that only stands there
            at = begin + 1
            continue
        name = tag.group(2).lower() if tag else ""
        yield markup[at:begin], bool(tag and tag.group(1)), name
        at = _after(markup, begin, name if tag and not tag.group(1) else "")
    yield markup[at:], False, ""


def _after(markup: str, begin: int, opened: str) -> int:
    """Where the text goes on after the tag or comment at ``begin``; the end of the page if it is not closed."""
    mark = "-->" if markup.startswith("<!--", begin) else ">"
    end = markup.find(mark, begin)
    if end >= 0 and opened in RAW:
        closed = re.compile(f"</{opened}", re.IGNORECASE).search(markup, end)
        return closed.start() if closed else len(markup)
    return end + len(mark) if end >= 0 else len(markup)
