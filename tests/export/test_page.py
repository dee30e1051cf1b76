"""The account as an HTML page: whole, linked both ways, readable, and deaf to hostile words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from onrecord.export.digest import digest
from onrecord.export.page import page
from onrecord.export.sheet import STYLE
from tests.export.hostile import hostile_account
from tests.export.three_reports import ACCOUNT

VOID = {"meta"}


class Read(HTMLParser):
    """The elements of a page with their attributes, and its words; fails where an element is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data if self.open and self.open[-1] != "style" else ""

    def all(self, attribute: str) -> list[str]:
        return [value for _, found in self.elements if (value := found.get(attribute))]


@pytest.fixture(scope="module")
def made() -> str:
    return page(digest(ACCOUNT), "fire")


@pytest.fixture(scope="module")
def attacked() -> str:
    return page(digest(hostile_account()), "<script>alert(0)</script>")


def test_it_says_what_the_digest_says(made: str) -> None:
    words = Read(made).words
    for said in (
        "fire: the account",
        "1. Courier, “Fire at the quay”, https://courier.example/1 r-1is corrected by report 3",
        "copies report 1: 2 passages",
        "Two sheds burned at Quay Nine on Thursday123",
        "3 voices: 1 named, 2 unnamed; agree on where and whether it happeneddisputed: when“on Thursday”",
        "number raised from “Two” (says Ilda Venn; Courier, 3 Mar 2023)11 to “Five”",
        "denied: “The guard never left his post” (says Oswin Marl; Tribune, 6 Mar 2023)14",
        "[planned] The board was to meet on Monday",
        "“A guard had left his post” — says a clerk who asked not to be named (unnamed) (“said”); characters [78, 103)",
        "8events without an actor",
    ):
        assert said in words, said
    happened, disputed = words.split("Each side stands in its own words. Which")
    assert "guard" not in happened.split("What happened")[-1]
    assert "A guard had left his post" in disputed


def test_links_lead_to_what_is_there_and_back(made: str) -> None:
    found = Read(made)
    ids = found.all("id")
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    inner = [href[1:] for href in found.all("href") if href.startswith("#")]
    assert set(inner) <= set(ids)
    notes = {id_ for id_ in ids if id_.startswith("note-")}
    assert notes == {href for href in inner if href.startswith("note-")}
    assert {f"line-{n}" for n in range(1, 5)} == {href for href in inner if href.startswith("line-")}
    assert set(found.all("aria-labelledby")) <= set(ids)


def test_it_is_a_page_that_anybody_can_read(made: str) -> None:
    found = Read(made)
    tags = Counter(tag for tag, _ in found.elements)
    assert (tags["html"], tags["h1"], tags["main"], tags["header"], tags["footer"], tags["nav"]) == (1, 1, 1, 1, 1, 1)
    assert tags["section"] == tags["h2"] > 5
    assert ("html", {"lang": "en"}) in found.elements
    assert "width=device-width" in made
    for medium in ("@media print", "@media (max-width: 36rem)", "prefers-color-scheme: dark"):
        assert medium in STYLE


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_colours_have_contrast() -> None:
    grounds = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(grounds) == 3
    for colours in grounds:
        named = dict(re.findall(r"--(\w+): (#\w+);", colours))
        for ground in (named["ground"], named["band"]):
            for words in ("words", "quiet", "link", "mark"):
                dark, light = sorted((luminance(ground), luminance(named[words])))
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, ground)


@pytest.mark.parametrize("which", ["made", "attacked"])
def test_it_runs_and_fetches_nothing(which: str, request: pytest.FixtureRequest) -> None:
    text = request.getfixturevalue(which)
    found = Read(text)
    assert {tag for tag, _ in found.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "nav", "ul", "ol", "li", "a",
        "main", "section", "div", "span", "cite", "em", "sup", "footer",
    }  # fmt: skip
    attributes = {name for _, own in found.elements for name in own}
    assert attributes <= {
        "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "rel", "role", "aria-label",
        "aria-labelledby",
    }  # fmt: skip
    assert all(re.match(r"#[a-z]|https://(courier|tribune)\.example/1$", href) for href in found.all("href"))
    assert not re.search(r"url\(|@import", STYLE)
    assert "default-src &#x27;none&#x27;" in text


def test_hostile_words_are_only_words(attacked: str) -> None:
    words = Read(attacked).words
    assert "<script>alert('title')</script>" in words
    assert "</style><img src=x onerror=alert(2)>_O_" in words
    assert "<b>hurt</b> & ${title} $$ <!-- ]]> &lt;" in words
    assert "<i onclick=alert(4)>" in words
    assert 'https://evil.example/"><script>' in words
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", attacked)
    assert attacked.count("<style>") == attacked.count("</style>") == 1


def test_a_foreign_title_says_its_language() -> None:
    (first, *others) = digest(ACCOUNT).reports
    assert first.language == "en"
    account = digest(ACCOUNT)
    text = page(replace(account, reports=(replace(first, language="de"), *others)), "fire")
    assert '<cite lang="de">Fire at the quay</cite>' in text
