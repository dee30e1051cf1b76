from __future__ import annotations

import logging
import time
from datetime import date

import pytest

from onrecord.errors import BadInput
from onrecord.readers import html
from onrecord.record import Basis, BlockKind

STORY = """<article><h1>Talks in Tarvik go on</h1>
<p>The harbour minister of Ombrist said on Monday that the talks in
<a href="/t">Tarvik</a> would go on until spring.</p>
<p>She did not say who had asked for them, and a second round was planned for summer, two aides said.</p></article>"""
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
FOOT = "<footer>Copyright 2019 The Ombrist Post. Updated 5 May 2019</footer>"


def test_main_text_and_metadata(made) -> None:
    head = """<title>Talks in Tarvik go on | The Ombrist Post</title>
    <meta property="og:site_name" content="The Ombrist Post">
    <meta property="og:title" content="Talks in Tarvik go on"><meta name="author" content="Ann Berel; Tom Quist">
    <link rel="canonical" href="https://ombrist.example/talks"><meta property="article:published_time"
    content="2021-03-04T23:30:00-05:00"><script>var x = "<p>not text</p>";</script>"""
    data = made.page(MENU + STORY + FOOT, head)
    received = made.one(data, "/home/somebody/talks.html")
    document = received.document
    assert received.data == data
    assert "talks in Tarvik would go on until spring.\nShe did not" in document.text
    assert not any(word in document.text for word in ("Sport", "Copyright", "not text"))
    assert (document.title, document.outlet) == ("Talks in Tarvik go on", "The Ombrist Post")
    assert (document.authors, document.url) == (("Ann Berel", "Tom Quist"), "https://ombrist.example/talks")
    assert (document.media_type, document.origin) == ("text/html", "talks.html")
    assert document.blocks[0].kind is BlockKind.HEADLINE
    assert document.published is not None
    assert (document.published.start, document.published.clock) == (date(2021, 3, 4), "23:30")
    assert (document.published.basis, document.published.inferred) == (Basis.EXPLICIT, False)


DATED = [
    ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-03-04"}</script>', "JSON-LD"),
    ('<script type="application/ld+json">{"@graph": [{"@type": ["Thing", "Article"], "datePublished":'
     ' "2021-03-04T00:00:00Z"}]}</script>', "JSON-LD"),
    ('<meta property="article:published_time" content="2021-03-04 00:00:00">', "article:published_time"),
    ('<meta name="DC.date.issued" content="2021/03/04">', "dc.date.issued"),
    ('<meta name="pubdate" content="20210304">', "pubdate"),
    ('<meta itemprop="datePublished" content="2021-03-04">', "datepublished"),
    ('<link rel="canonical" href="https://ombrist.example/2021/03/04/talks">', "address"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "place"), DATED)
def test_the_day_that_the_page_gives_itself(made, head: str, place: str) -> None:
    published = made.one(made.page(STORY + FOOT, head), "talks.html").document.published
    assert published is not None
    assert (published.start, published.end, published.clock) == (date(2021, 3, 4), date(2021, 3, 5), "")
    assert published.reasons[0].rule == "read.html-metadata"
    assert place in published.reasons[0].note


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="article:modified_time" content="2021-03-04">',
        '<meta name="date" content="04/03/2021">',  # April or March?
        '<meta name="date" content="3 hours ago">',
        '<meta name="date" content="2021-02-31">',
        '<meta name="date" content="9999-12-31">',
        '<script type="application/ld+json">{"@type": "Comment", "datePublished": "2021-03-04"}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 7}</script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<link rel="canonical" href="https://ombrist.example/2021/99/04/talks">',
    ],
)
def test_a_page_that_names_no_day_has_none(made, head: str) -> None:
    body = STORY + "<p>Published: 4 March 2021, yesterday</p>" + FOOT
    received, *problems = html.read(made.page(body, head), "talks.html")
    assert received.document.published is None
    told = [problem.message for problem in problems]
    assert all("its date is not read" in message for message in told)
    assert bool(told) is ('name="date"' in head)


def test_a_page_without_metadata_claims_nothing(made) -> None:
    document = made.one(made.page(STORY), "talks.html").document
    assert (document.outlet, document.authors, document.url, document.published) == ("", (), "", None)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("cp1252", '<meta charset="windows-1252">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
        ("cp1251", '<meta charset="windows-1251">'),
        ("utf-16", ""),
        ("utf-8-sig", ""),
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),  # declared wrongly, as often
        ("cp1252", '<meta charset="hex">'),
        ("cp1252", '<meta charset="no-such">'),
        ("cp1252", ""),
    ],
)
def test_encodings_declared_or_not(made, encoding: str, head: str) -> None:
    body = STORY.replace("two aides", "the minister’s aides")
    assert "the minister’s aides" in made.one(made.page(body, head).decode().encode(encoding), "t.html").document.text


PARAGRAPH = (
    "<p>The harbour minister of Ombrist said on Monday that the talks would go on until the spring of the year.</p>"
)
HOSTILE = {
    "nested divs": "<div>" * 10_000 + PARAGRAPH * 3 + "</div>" * 10_000,
    "nested spans": "<span>" * 10_000 + PARAGRAPH * 3,
    "nested tables": "<table><tr><td>" * 10_000 + PARAGRAPH * 3,
    "nested lists": "<ul><li>" * 10_000 + PARAGRAPH * 3,
    "unclosed bold": "<p><b>" * 5_000 + PARAGRAPH * 3,
    "huge attribute": f"<div class='{'x ' * 1_500_000}' onclick=\"{'y' * 1_000_000}\">{PARAGRAPH * 3}</div>",
    "many attributes": f"<div {' '.join(f'a{i}=1' for i in range(100_000))}>{PARAGRAPH * 3}</div>",
    "many elements": "<div>a</div>" * 100_000 + PARAGRAPH * 3,
    "open tags": PARAGRAPH * 3 + "<" * 300_000,
    "open comments": PARAGRAPH * 3 + "<!--" * 100_000,
    "open declarations": PARAGRAPH * 3 + "<![" * 100_000,
    "open attributes": PARAGRAPH * 3 + "<a " * 100_000,
    "open quotes": PARAGRAPH * 3 + "<a b='" * 100_000,
    "open scripts": PARAGRAPH * 3 + "<script>" * 100_000,
    "entities": PARAGRAPH * 3 + "&amp" * 200_000 + "&#xD800;&#0;&#x110000;&#99999999999999;",
    "script": PARAGRAPH * 3 + "<script>" + "document.write('</p>');" * 50_000 + "</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_neither_crash_nor_hang(made, name: str) -> None:
    begin = time.perf_counter()
    try:
        document = made.all_of(made.page(HOSTILE[name]), "t.html")[0].document
    except BadInput:
        pytest.fail("the text is there to be read")
    assert time.perf_counter() - begin < 10
    assert "talks would go on until the spring" in document.text
    document.text.encode()


def test_scripts_are_never_text(made) -> None:
    deep = "<div>" * 10_000 + f"<script>evil()</script><style>p {{}}</style>{PARAGRAPH}"
    for body in (deep, f"<script>evil()</script>{PARAGRAPH}<p onclick='evil()'>Then more was said.</p>"):
        assert "evil" not in made.one(made.page(body), "t.html").document.text


def test_short_pages_and_fragments_are_read(made) -> None:
    assert made.one(b"<p>The minister said no.</p>", "t.html").document.text == "The minister said no."


def test_a_page_without_text_is_refused(made) -> None:
    for body in ("", "<script>load()</script>", "<img src='a.png'>"):
        with pytest.raises(BadInput, match=r"t\.html: this page holds no text"):
            made.all_of(made.page(body), "t.html")


def test_a_page_without_measure_is_refused() -> None:
    with pytest.raises(BadInput, match="characters of markup"):
        html.page("<p>" + "x" * 20_000_001, "t.html")


def test_nothing_is_logged(made, caplog) -> None:
    with caplog.at_level(logging.WARNING):
        made.one(made.page("<p>The minister said no.</p>"), "t.html")
    assert not caplog.records


def test_pictures_written_into_the_page_are_no_reason_to_lose_its_story(made) -> None:
    picture = f"<img src='data:image/png;base64,{'AB/+' * 50_000}==' srcset='{'a.png 1x, ' * 900}'>"
    path = f'<svg><path d="{"M1 2 " * 900}"/></svg>'
    script = f"<script>if (a<b) {{ t = [{', '.join(['0'] * 5_000)}] }}</script>"
    document = made.one(made.page(MENU + script + picture + path + STORY), "t.html").document
    assert "two aides said" in document.text
    assert "Sport" not in document.text
    assert document.title == "Talks in Tarvik go on"


def test_nothing_is_fetched(made, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(f"socket.{name}", lambda *_args, **_options: pytest.fail("the network was asked"))
    frame = "<iframe src='https://ombrist.example/f'></iframe><img src='https://ombrist.example/i.png'>"
    head = '<base href="https://ombrist.example/"><link rel="canonical" href="https://ombrist.example/talks">'
    assert "two aides said" in made.one(made.page(STORY + frame, head), "t.html").document.text
    assert made.one(b"https://ombrist.example/talks", "t.html").document.text == "https://ombrist.example/talks"
