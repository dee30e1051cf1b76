from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import readers as room
from onrecord.errors import BadInput
from onrecord.readers import READERS, choose, document_id, files, read
from onrecord.record import Document, Problem, Received

START = [
    b"", b"%PDF-1.7\n", b"<html>", b"<!doctype html><p>", b'{"text": "', b"From: a\nMessage-ID: b\n\n", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"MIME-Version: 1.0\nSubject: =?", b"<?xml version='1.0' encoding='",
]  # fmt: skip
NAMES = ["a.txt", "a.html", "a.jsonl", "a.eml", "stdin", "a.pdf"]


@given(st.sampled_from(START), st.binary(max_size=300), st.sampled_from(NAMES))
def test_any_bytes_become_reports_or_problems_or_a_clear_refusal(start: bytes, rest: bytes, name: str) -> None:
    try:
        for found in read(start + rest, name):
            assert isinstance(found, Received | Problem)
            if isinstance(found, Received):
                found.document.text.encode()
                assert found.document.text.strip()
    except BadInput as bad:
        told = str(bad)
        assert re.fullmatch(rf"{re.escape(name)}: .+", told, re.DOTALL)


@given(st.text(max_size=200), st.sampled_from(NAMES))
def test_any_text_becomes_reports_or_problems_or_a_clear_refusal(words: str, name: str) -> None:
    try:
        list(read(words.encode("utf-8", "replace"), name))
    except BadInput as bad:
        assert str(bad).startswith(f"{name}: ")  # noqa: PT017


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"Some words.", "a.txt", "text"),
        (b"Some words.", "stdin", "text"),
        (b"Some words.", "a.html", "html"),
        (b"not json", "a.jsonl", "jsonl"),
        (b"%PDF-1.4 ...", "a.txt", "pdf"),
        (b"\xef\xbb\xbf\n <!DOCTYPE HTML><p>x", "a.txt", "html"),
        (b"<!-- saved --><html lang=en>", "a.txt", "html"),
        (b"<?xml version='1.0'?><html>", "a.txt", "html"),
        ("<html><p>x".encode("utf-16"), "a.txt", "html"),
        (b"<angry> she said", "a.txt", "text"),
        (b"A text on <html> tags", "a.txt", "text"),
        (b'\n\n{"text": "x"}\nmore', "a.txt", "jsonl"),
        (b"{curly} words}", "a.txt", "text"),
        (b"Subject: x\nMIME-Version: 1.0\n\nx", "a.txt", "eml"),
        (b"Note: this\nMore: that\n\nx", "a.txt", "text"),
    ],
)
def test_content_decides_before_the_name(data: bytes, name: str, reader: str) -> None:
    assert choose(data, name) == reader


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"PK\x03\x04....", r"\.docx"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x1f\x8b\x08", "compressed"),
        (rb"{\rtf1 words}", "rich-text"),
        (b"\0\0\0\x18ftypmp42", "film or sound"),
        (b"SQLite format 3\0", "database"),
        (b"<?xml version='1.0'?><rss><item/></rss>", "XML"),
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (os.urandom(4) + bytes(range(32)) * 20, "is not text"),
    ],
)
def test_what_is_no_report_is_refused_by_name(data: bytes, cause: str) -> None:
    with pytest.raises(BadInput, match=rf"^thing\.x: .*{cause}"):
        list(read(data, "in/thing.x"))


def test_invisible_text_and_too_long_text_are_problems(made) -> None:
    assert made.refusal("\u2003\u00a0\n".encode()) == "report.txt: holds no text"
    size = len(made.report)
    told = f"report.txt: too long: {size} characters, and the limit is {size - 1} (--max-chars)"
    assert made.refusal(made.report.encode(), max_chars=size - 1) == told
    assert isinstance(made.all_of(made.report.encode(), max_chars=size)[0], Received)


def test_digest_origin_and_id(made) -> None:
    data = made.report.encode()
    document = made.one(data, r"C:\Users\somebody\report.txt").document
    assert document.original == hashlib.sha256(data).hexdigest()
    assert document.origin == "report.txt"
    assert document.id == document_id("", "", "", made.report)
    assert made.one(data, "other.txt").document.id == document.id


def test_two_papers_with_one_wire_text_stay_two() -> None:
    ids = {document_id(*key, "text") for key in [("", "Post", "A"), ("", "Gazette", "A"), ("http://a", "Post", "A")]}
    assert len(ids) == 3
    assert document_id("http://a", "Post", "A", "text") == document_id("http://a", "", "", "text")


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/.hidden", ".git/x", "a/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    found = [str(path.relative_to(tmp_path)) for path in files([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a/c.txt", "a/d/e.txt", "b.txt", "b.txt"]


def test_missing_and_empty_paths_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file or folder"):
        list(files([tmp_path / "none.txt"]))
    with pytest.raises(BadInput, match="this folder holds no files"):
        list(files([tmp_path]))


def test_plug_ins_are_asked_first(monkeypatch: pytest.MonkeyPatch, made) -> None:
    def docx(data: bytes, origin: str) -> Iterator[Received | Problem]:
        yield Received(Document("r-1", made.report, origin=origin), data)

    def morse(data: bytes, origin: str) -> Iterator[Received | Problem]:
        yield Received(Document("r-2", made.report, origin=origin), data)

    monkeypatch.setattr(morse, "claims", lambda data, _origin: data.startswith(b".-"), raising=False)
    monkeypatch.setattr(room, "readers", lambda: {**READERS, "docx": docx, "morse": morse})
    assert choose(b"PK\x03\x04", "a.DOCX") == "docx"
    assert choose(b".- -...", "a.txt") == "morse"
    assert choose(b"words", "a.txt") == "text"
    assert made.one(b"PK\x03\x04", "a.docx").document.language == "en"
    assert made.refusal(b"PK\x03\x04", "a.docx", max_chars=5).startswith("a.docx: too long")


def test_no_heavy_library_is_loaded_before_it_is_needed() -> None:
    script = """if True:
        import sys
        from onrecord.readers import read
        list(read(b"The mayor of Tarvik said that it was not for him.", "a.txt"))
        print([m for m in ("trafilatura", "lxml", "pypdfium2", "py3langid", "numpy", "spacy") if m in sys.modules])
    """
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
