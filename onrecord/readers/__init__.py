"""Bytes -> Documents: which reader a file needs, and the checks that every report passes.

A reader is a function ``(data: bytes, origin: str) -> Iterator[Received | Problem]``. It raises ``BadInput`` if the
file as a whole cannot be read, and yields a ``Problem`` for each part of it that cannot. A plug-in
(``onrecord.readers``) is asked before the built-in readers: it reads the files whose suffix is its name, and those for
which its ``claims(data, origin)`` is true, if the function carries an attribute of that name.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from onrecord.errors import BadInput
from onrecord.readers import sniff
from onrecord.readers.intake import document_id, file_name, storable, trouble
from onrecord.readers.language import check_language
from onrecord.record import Problem, Received
from onrecord.registry import plugged

__all__ = ["READERS", "Reader", "document_id", "files", "read", "storable"]

Reader = Callable[[bytes, str], Iterator[Received | Problem]]
# Characters of one report above which it is refused.
MAX_CHARS = 1_000_000
# No encoding that is read needs more bytes for one character.
BYTES_PER_CHARACTER = 4


def read_text(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Plain text, in UTF-8 or an older encoding, kept character for character."""
    yield from _reader_in("text")(data, origin)


def read_html(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """A saved web page: its main text, title, outlet, authors, address and the date it gives itself."""
    yield from _reader_in("html")(data, origin)


def read_pdf(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """A PDF with a text layer, page by page."""
    yield from _reader_in("pdf")(data, origin)


def read_jsonl(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """JSON lines: one report a line, with text and, where known, title, outlet, url, published, authors."""
    yield from _reader_in("jsonl")(data, origin)


def read_eml(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """An e-mail: its text, subject, sender and date."""
    yield from _reader_in("eml")(data, origin)


READERS: Mapping[str, Reader] = {
    "text": read_text,
    "html": read_html,
    "pdf": read_pdf,
    "jsonl": read_jsonl,
    "eml": read_eml,
}


def _reader_in(module: str) -> Reader:
    """The reader's module, imported when its first file comes: trafilatura and pdfium take a while to load."""
    reader: Reader = importlib.import_module(f"{__name__}.{module}").read
    return reader


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """The built-in readers and those of installed packages. Raises BadPlug for a plug-in that cannot be used."""
    return plugged("readers", READERS)


def choose(data: bytes, origin: str) -> str:
    """The name of the reader for these bytes: by content first, then by suffix, else text.

    Raises BadInput for kinds of file that are known not to be readable (pictures, archives, word processors).
    """
    suffix = Path(file_name(origin)).suffix.lower().lstrip(".")
    for name, reader in readers().items():
        claims = getattr(reader, "claims", None)
        if name not in READERS and (name == suffix or (claims is not None and claims(data, origin))):
            return name
    return sniff.by_content(data, origin) or sniff.BY_SUFFIX.get(suffix, "text")


def read(data: bytes, origin: str, *, max_chars: int = MAX_CHARS, reader: str = "") -> Iterator[Received | Problem]:
    """Read one file: its reports, and a problem for each one that is empty, too long or not in English.

    ``origin`` is the file's name, for messages; ``reader`` the reader's name where it need not be told by the content.
    Raises BadInput if the file as a whole cannot be read.
    """
    if not data.strip():
        raise BadInput(file_name(origin), "is empty")
    name = reader or choose(data, origin)
    if name == "text" and len(data) > BYTES_PER_CHARACTER * max_chars:
        yield trouble(origin, _too_long(f"over {len(data) // BYTES_PER_CHARACTER:,}", max_chars))
        return
    refused = set[str]()
    for found in readers()[name](data, origin):
        checked = _check(found, max_chars) if isinstance(found, Received) else found
        if isinstance(found, Received) and isinstance(checked, Problem):
            refused.add(found.document.id)
        elif isinstance(checked, Problem) and checked.document in refused:
            continue  # a remark on a report that was refused: the refusal says enough
        yield checked


def _check(received: Received, max_chars: int) -> Received | Problem:
    """The checks on every report of every reader: not empty, not too long, in English."""
    document = received.document
    if not document.text.strip():
        return trouble(document.origin, "holds no text")
    if len(document.text) > max_chars:
        return trouble(document.origin, _too_long(f"{len(document.text):,}", max_chars))
    return check_language(received)


def _too_long(size: str, max_chars: int) -> str:
    return f"too long: {size} characters, and the limit is {max_chars:,} (--max-chars)"


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files meant by paths: a folder stands for all in it, sorted, at any depth, but for hidden ones.

    Links to folders inside a folder are not followed. Raises BadInput for a path that is missing, a folder that cannot
    be opened, and a folder without files.
    """
    for path in paths:
        if not path.exists():
            raise BadInput(str(path), "there is no such file or folder")
        yield from _files_in(path) if path.is_dir() else (path,)


def _files_in(folder: Path) -> list[Path]:
    found = []
    for parent, folders, names in os.walk(folder, onerror=_cannot_open):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if not name.startswith(".") and Path(parent, name).is_file()]
    if not found:
        raise BadInput(str(folder), "this folder holds no files")
    return sorted(found)


def _cannot_open(error: OSError) -> None:
    raise BadInput(str(error.filename), f"this folder cannot be opened: {error.strerror}") from error
