"""PDF -> Document: the text layer, page by page, by pdfium. What is only a picture of text is not read.

The creation date in a PDF's metadata says when the file was made, not when the report was published; it is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from onrecord.errors import BadInput
from onrecord.readers.intake import file_name, lines, receive, storable, trouble
from onrecord.record import Block, BlockKind, Document, Problem, Received, Span

DAMAGED = "this PDF is damaged or was cut short: get it anew, or open it in a viewer and save it again"
# pdfium's error codes (fpdfview.h).
CAUSES = {
    3: DAMAGED,
    4: "this PDF is locked with a password: open it with the password and save it without one",
    5: "this PDF is locked by a security scheme that cannot be opened",
    6: DAMAGED,
}
# The end-of-file mark stands within the last 1,024 bytes (ISO 32000-1, Annex H, note 18); zero bytes may pad it.
TAIL = 2048
# Where pdfium took away a hyphen at the end of a line, it leaves one of these and joins the two halves.
HYPHEN = re.compile("([^\\W\\d_]{1,40})[\ufffe\x02]\n?([^\\W\\d_]{1,40})")
HYPHENED = re.compile(r"[^\W\d_]{1,40}-[^\W\d_]{1,40}")
LEFT_OVER = re.compile("[\ufffe\x02]")
# A title that is a file's name, or nobody's choice.
NO_TITLE = re.compile(
    r"(?i)untitled.*|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|pages|html?|txt)|(?:microsoft word|slide) ?-.*"
)
STOP = re.compile(r"[.!?][\"'”’)\]]*$")
# A line that is this much shorter than the widest line of its page ends a paragraph, if it ends with a stop.
SHORT = 0.85


def read(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Read a PDF. Raises BadInput if it is damaged, cut short, locked, or holds no text but pictures."""
    document = _open(data, origin)
    try:
        pages, pictures = _pages(document, origin)
        title, author = (storable(document.get_metadata_value(key)).strip() for key in ("Title", "Author"))
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        cause = "this PDF has no text layer, only pictures of pages (a scan): make its text readable (OCR) first"
        raise BadInput(file_name(origin), cause if pictures else "this PDF holds no text")
    text, blocks = join(pages)
    title = "" if NO_TITLE.fullmatch(title) else title
    authors = (author,) if author else ()
    received = receive(Document("", text, blocks, title, authors=authors, media_type="application/pdf"), data, origin)
    yield received
    if pictures:
        numbers = ", ".join(map(str, pictures))
        cause = f"page{'s' * (len(pictures) > 1)} {numbers}: no text layer, only pictures (a scan?); not read"
        yield trouble(origin, cause, received.document.id)


def _open(data: bytes, origin: str) -> pdfium.PdfDocument:
    if b"%%EOF" not in data.rstrip(b"\0 \t\r\n")[-TAIL:]:
        raise BadInput(file_name(origin), DAMAGED)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", 0)
        raise BadInput(file_name(origin), CAUSES.get(code, f"this PDF cannot be opened: {error}")) from error


def _pages(document: pdfium.PdfDocument, origin: str) -> tuple[list[str], list[int]]:
    """The text of each page, and the numbers of the pages that show something but hold no text."""
    pages: list[str] = []
    pictures: list[int] = []
    for number in range(1, len(document) + 1):
        words, shows_something = _page(document, number, origin)
        pages.append(words)
        if shows_something and not words.strip():
            pictures.append(number)
    return pages, pictures


def _page(document: pdfium.PdfDocument, number: int, origin: str) -> tuple[str, bool]:
    """One page's text, its lines parted by line feeds, and whether anything is drawn on it."""
    try:
        page = document[number - 1]
        shows_something = next(iter(page.get_objects(max_depth=1)), None) is not None
        words = page.get_textpage().get_text_range()
        page.close()
    except pdfium.PdfiumError as error:
        raise BadInput(file_name(origin), f"page {number} cannot be read: {DAMAGED}") from error
    return words.replace("\r\n", "\n").replace("\r", "\n"), shows_something


def join(pages: list[str]) -> tuple[str, tuple[Block, ...]]:
    """The whole text, pages parted by a blank line, and its paragraphs, each with its page."""
    hyphened = {word for page in pages for word in HYPHENED.findall(page)}
    pages = [storable(LEFT_OVER.sub("-", HYPHEN.sub(lambda word: _mended(word, hyphened), page))) for page in pages]
    blocks: list[Block] = []
    begin = 0
    text = "\n\n".join(pages)
    for number, page in enumerate(pages, start=1):
        blocks += (
            Block(BlockKind.PARAGRAPH, span, f"page {number}") for span in _paragraphs(text, begin, begin + len(page))
        )
        begin += len(page) + 2
    return text, tuple(blocks)


def _mended(halves: re.Match[str], hyphened: set[str]) -> str:
    """A word that was parted at the end of a line: with its hyphen only if the report writes it so elsewhere."""
    with_hyphen = f"{halves[1]}-{halves[2]}"
    return with_hyphen if with_hyphen in hyphened else f"{halves[1]}{halves[2]}"


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs of one page: lines run on until a blank line, or a short line that ends with a stop."""
    spans = list(lines(text, start, end))
    width = max((span.end - span.start for span in spans), default=0)
    first: Span | None = None
    for i, span in enumerate(spans):
        first = first or span
        last = i + 1 == len(spans)
        parted = last or text.count("\n", span.end, spans[i + 1].start) > 1
        if parted or (span.end - span.start < SHORT * width and STOP.search(span.cut(text))):
            yield Span(first.start, span.end)
            first = None
