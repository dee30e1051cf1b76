"""BibTeX and CSL-JSON: titles come back character for character, dates as exact as they are known; no guesses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from onrecord.export.bibtex import write_bibtex
from onrecord.export.citations import one_line
from onrecord.export.csl_json import write_csl_json
from onrecord.record import Account, Basis, Precision, Reading, TimeInterval

# The part of the CSL-JSON schema (citationstyles.org) that our items use, as strict as it is.
WORDS = {"type": "string", "minLength": 1}
NAME = {"type": "object", "properties": {"literal": WORDS}, "required": ["literal"], "additionalProperties": False}
PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": WORDS, "type": {"enum": ["article-newspaper", "webpage", "document"]}, "title": WORDS,
            "container-title": WORDS, "URL": WORDS, "language": WORDS, "note": WORDS,
            "author": {"type": "array", "minItems": 1, "items": NAME},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {
                    "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": PARTS},
                    "circa": {"type": "boolean"},
                },
            },
        },
    },
}  # fmt: skip


# What LaTeX knows and pylatexenc does not, or reads as a look-alike.
TEX = get_default_latex_context_db()
TEX.add_context_category(
    "braces",
    prepend=True,
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
)


def bibtex(account: Account, out: Path) -> list[dict[str, str]]:
    """The entries, their TeX decoded; ``key`` and ``kind`` beside the fields. ``url`` is verbatim."""
    (path,) = write_bibtex(account, out)
    text = path.read_text("utf-8")
    raw = bibtexparser.parse_string(text)
    decoded = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=TEX))]
    )
    assert not raw.failed_blocks
    assert not decoded.failed_blocks
    entries = []
    for plain, entry in zip(raw.entries, decoded.entries, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        fields |= {field.key: field.value for field in plain.fields if field.key in {"url", "author"}}
        entries.append({"key": entry.key, "kind": entry.entry_type, **fields})
    return entries


def csl(account: Account, out: Path) -> list[dict[str, Any]]:
    """The items, checked by the schema, and read by a citation processor."""
    (path,) = write_csl_json(account, out)
    items: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    Draft7Validator(SCHEMA).validate(items)
    assert list(CiteProcJSON(items)) == [item["id"] for item in items]
    return items


def dated(account: Account, published: TimeInterval | None) -> Account:
    (one, *_) = account.readings
    return replace(account, readings=(replace(one, published=published),))


def between(start: date | None, end: date | None, inferred: bool = False) -> TimeInterval:
    return TimeInterval(start, end, Precision.DAY, Basis.EXPLICIT, inferred=inferred)


def test_what_is_known_of_a_report_comes_back(affair: Account, tmp_path: Path) -> None:
    first, second = bibtex(affair, tmp_path / "a.bib")
    assert first == {
        "key": "r-1", "kind": "article", "title": "The Lark & the <law>", "author": "{A. Nonn}",
        "journaltitle": "The Ledger", "date": "2023-03-09", "url": "https://ledger.example/1?a=1&b=2",
        "langid": "english", "note": f"sha256 {'ab' * 32}",
    }  # fmt: skip
    assert second == {"key": "r-2", "kind": "misc"}
    one, two = csl(affair, tmp_path / "a.json")
    assert one == {
        "id": "r-1", "type": "article-newspaper", "title": "The Lark & the <law>", "container-title": "The Ledger",
        "author": [{"literal": "A. Nonn"}], "issued": {"date-parts": [[2023, 3, 9]]},
        "URL": "https://ledger.example/1?a=1&b=2", "language": "en", "note": f"sha256 {'ab' * 32}",
    }  # fmt: skip
    assert two == {"id": "r-2", "type": "document"}


@pytest.mark.parametrize(
    ("published", "written", "parts", "circa", "note"),
    [
        (between(date(2023, 3, 9), date(2023, 3, 10)), "2023-03-09", [[2023, 3, 9]], False, ""),
        (between(date(2023, 3, 9), date(2023, 3, 10), True), "2023-03-09", [[2023, 3, 9]], True,
         "published 9 Mar 2023, inferred (EDTF 2023-03-09)"),
        (between(date(2023, 3, 1), date(2023, 4, 1)), "2023-03", [[2023, 3]], False,
         "published Mar 2023 (EDTF 2023-03)"),
        (between(date(2018, 8, 1), date(2018, 12, 1), True), "2018", [[2018]], True,
         "published between 1 Aug and 30 Nov 2018, inferred (EDTF [2018-08-01..2018-11-30])"),
        (between(date(2017, 8, 1), date(2018, 1, 1), True), "2017", [[2017]], True,
         "published between 1 Aug and 31 Dec 2017, inferred (EDTF [2017-08-01..2017-12-31])"),
        (between(date(2017, 8, 1), date(2018, 2, 1), True), "2017/2018", [[2017], [2018]], True,
         "published between 1 Aug 2017 and 31 Jan 2018, inferred (EDTF [2017-08-01..2018-01-31])"),
        (between(date(2017, 8, 1), None, True), None, None, False,
         "published on or after 1 Aug 2017, inferred (EDTF [2017-08-01..])"),
        (None, None, None, False, ""),
    ],
)  # fmt: skip
def test_a_date_is_as_exact_as_it_is_known(
    affair: Account, tmp_path: Path, published: TimeInterval | None, written: str | None,
    parts: list[list[int]] | None, circa: bool, note: str,
) -> None:  # fmt: skip
    account = dated(affair, published)
    (entry,), (item,) = bibtex(account, tmp_path / "a.bib"), csl(account, tmp_path / "a.json")
    assert entry.get("date") == written
    issued = item.get("issued", {})
    assert (issued.get("date-parts"), issued.get("circa", False)) == (parts, circa)
    assert item["note"] == "; ".join(filter(None, (note, f"sha256 {'ab' * 32}")))
    assert entry["note"] == item["note"]


def titled(account: Account, title: str) -> Account:
    (one, *_) = account.readings
    document = replace(one.document, title=title, outlet=title, authors=(title,))
    return replace(account, readings=(Reading(document),))


@pytest.mark.parametrize(
    "title",
    [
        "A {brace} and }another{",
        "back\\slash \\textbf{x} \\",
        "50% of $5 & #1 _under_ ~tilde~ ^caret^",
        "line\nbreak\r\nand\ttab",
        "“quotes” ‘single’ \"straight\" it's ``two'' -- and --- ?` !`",
        "Łódź, Ærø, 漢字, emoji \U0001f600, e\u0301",
        "@comment{x, y = {z}}",
        "ends with a comma,",
        "% all of it",
    ],
)
def test_a_title_may_hold_anything(affair: Account, tmp_path: Path, title: str) -> None:
    account = titled(affair, title)
    ((entry,), (item,)) = bibtex(account, tmp_path / "a.bib"), csl(account, tmp_path / "a.json")
    assert entry["title"] == entry["journaltitle"] == item["title"] == one_line(title)
    assert item["author"] == [{"literal": one_line(title)}]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30))
def test_any_title_comes_back(affair: Account, tmp_path: Path, title: str) -> None:
    account = titled(affair, f"x{title}x")
    ((entry,), (item,)) = bibtex(account, tmp_path / "a.bib"), csl(account, tmp_path / "a.json")
    assert entry["title"] == item["title"] == one_line(f"x{title}x")


def test_an_address_that_would_break_the_file_is_percent_encoded(affair: Account, tmp_path: Path) -> None:
    (one, *_) = affair.readings
    document = replace(one.document, url="https://x.example/{a}\\b c%zz%20\u3000")
    (entry,) = bibtex(replace(affair, readings=(Reading(document),)), tmp_path / "a.bib")
    assert entry["url"] == "https://x.example/%7Ba%7D%5Cb%20c%25zz%20%E3%80%80"


def test_a_body_as_author_is_one_name(affair: Account, tmp_path: Path) -> None:
    (one, *_) = affair.readings
    document = replace(one.document, authors=("Nonn and Sons", "B. Nemo"))
    account = replace(affair, readings=(Reading(document),))
    assert [entry["author"] for entry in bibtex(account, tmp_path / "a.bib")] == ["{Nonn and Sons} and {B. Nemo}"]


def test_a_citation_processor_prints_it(affair: Account, tmp_path: Path) -> None:
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(csl(affair, tmp_path / "a.json")), formatter.plain)
    printed.register(Citation([CitationItem("r-1")]))
    (line,) = map(str, printed.bibliography())
    assert "A. Nonn (2023)" in line
    assert "The Ledger" in line


def test_an_account_without_reports(affair: Account, tmp_path: Path) -> None:
    empty = Account(affair.made, (), (), ())
    assert (bibtex(empty, tmp_path / "a.bib"), csl(empty, tmp_path / "a.json")) == ([], [])
