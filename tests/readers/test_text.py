from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadInput
from onrecord.readers import text
from onrecord.record import BlockKind, Received

CURLY = "The minister’s aide said “no” – twice – in the café of Ombrist, and the talks went on without her.\n"
LINES = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=8)
BREAKS = st.sampled_from(["\r\n", "\n", "\0", "\r", "\t", "\x85"])


def read(data: bytes) -> Received:
    received, *_ = text.read(data, "report.txt")
    assert isinstance(received, Received)
    return received


@given(st.builds(lambda lines, between: between.join(lines), LINES, BREAKS))
def test_text_written_as_utf8_comes_back_character_for_character(words: str) -> None:
    received = read(words.encode())
    assert received.document.text == words.removeprefix("\ufeff")
    assert received.data == words.encode()
    for block in received.document.blocks:
        assert block.span.cut(words.removeprefix("\ufeff")).strip()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_old_and_wide_encodings(encoding: str) -> None:
    assert read(CURLY.encode(encoding)).document.text == CURLY


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_marks_of_both_orders(mark: str) -> None:
    assert read(("\ufeff" + CURLY).encode(mark)).document.text == CURLY


def test_latin_1_and_old_macintosh() -> None:
    assert (
        read("A café in Tarvik, said Zoë Quist.".encode("latin-1")).document.text == "A café in Tarvik, said Zoë Quist."
    )
    told = "The mayor didn’t say “yes” to the plan."
    assert read(told.encode("mac_roman")).document.text == told


def test_russian_in_koi8_is_decoded_and_then_named(made) -> None:
    told = "Министр порта заявил в понедельник, что переговоры в Тарвике продлятся до весны. Он не назвал имён. " * 4
    assert read(told.encode("koi8-r")).document.text == told
    assert made.refusal(told.encode("koi8-r")) == "report.txt: is written in Russian (ru); onrecord reads English"


def test_a_few_damaged_bytes_are_replaced_and_told(made) -> None:
    data = (CURLY * 2).encode()[:-2].replace(b"\xc3\xa9", b"\xc3", 1)
    received, problem = made.all_of(data)
    assert received.document.text.count("\ufffd") == 1
    assert problem.message == "report.txt: 1 damaged character replaced by U+FFFD (read as utf-8)"
    assert problem.document == received.document.id


def test_a_stray_zero_byte_is_kept_and_many_are_refused(made) -> None:
    assert made.one(made.report.replace(" ", "\0", 1).encode()).document.text.count("\0") == 1
    with pytest.raises(BadInput, match=r"^data\.bin: is not text"):
        made.all_of(bytes(range(256)) * 40, "data.bin")
    with pytest.raises(BadInput, match="zero bytes"):
        made.all_of(b"caf\xe9 \0 and so on", "data.txt")


def test_line_breaks_and_blanks_stay(made) -> None:
    told = f"  {made.sentence}\r\n\r\n\t{made.sentence} \u00a0\r\n\n"
    document = made.one(told.encode()).document
    assert document.text == told
    assert [block.span.cut(told) for block in document.blocks] == [made.sentence, made.sentence]


@pytest.mark.parametrize(
    ("top", "kinds", "title"),
    [
        ("Talks in Tarvik go on\n\n", "hp", "Talks in Tarvik go on"),
        ("Talks in Tarvik go on\nBy Ann Berel\n", "hbp", "Talks in Tarvik go on"),
        ("Talks in Tarvik go on\n\nBy Ann Berel and Tom Quist of the Post\n\nTARVIK, Ombrist, March 3\n\n", "hbdp",
         "Talks in Tarvik go on"),
        ("The talks in Tarvik were said to go\n", "pp", ""),  # a broken line, not a headline: nothing parts it
        ("The talks in Tarvik will go on.\n\n", "pp", ""),
        ("By Monday the talks had failed.\n\n", "pp", ""),
        ("- a list of four\n\n", "pp", ""),
        ("Tarvik, 3 March 2021 (Post)\n\n", "pp", ""),
        ("The Ombrist Daily Post\n\nTalks in Tarvik go on\n\n", "ppp", ""),  # which of the two?
        ("The Post\n\n", "pp", ""),
        ("The Ombrist Post\nMonday 3 May 2021\nTALKS GO ON? NOBODY KNOWS\nFrom agency reports\n\n", "pdhbp",
         "TALKS GO ON? NOBODY KNOWS"),
        ("Talks in Tarvik ‘were never held’\nMinister turns debate down\n\nBy ANN BEREL\nOmbrist Post, May 3, 2021\n\n",
         "hhbdp", "Talks in Tarvik ‘were never held’"),
        ("Talks in Tarvik go on as\nministers leave the town\nAnn Berel | The Ombrist Post | May 3, 2021\n\n", "hhbp",
         "Talks in Tarvik go on as ministers leave the town"),
        ("“Nobody told me to go”\nOmbrist Post, 3 May 2021\n\n", "hdp", "“Nobody told me to go”"),
        ("Talks in Tarvik go on\nAnn Berel — Ombrist Post — 3 May 2021\n\n", "hbp", "Talks in Tarvik go on"),
        ("TARVIK PORT IS SHUT\n\nTARVIK, May 3, 2021. By Ann Berel, Ombrist Post\n\n", "hbp", "TARVIK PORT IS SHUT"),
        ("Talks in Tarvik go on\nPublished Monday, May 3, 2021, 9:15 a.m.\n\n", "hdp", "Talks in Tarvik go on"),
        ("Talks in Tarvik go on\n\nTARVIK, May 3 (Post) — Nobody came\n", "hpp", "Talks in Tarvik go on"),
        ("A Walk Around Tarvik\nMay 3, 2021\nThe town that never slept\nBy Ann Berel\n", "pdpbp", ""),  # which?
    ],
)  # fmt: skip
def test_headline_byline_and_dateline_only_where_obvious(made, top: str, kinds: str, title: str) -> None:
    document = made.one((top + made.report).encode()).document
    letters = {BlockKind.HEADLINE: "h", BlockKind.BYLINE: "b", BlockKind.DATELINE: "d", BlockKind.PARAGRAPH: "p"}
    assert "".join(letters[block.kind] for block in document.blocks) == kinds
    assert document.title == title


def test_plain_text_has_no_date_of_its_own(made) -> None:
    assert made.one(f"TARVIK, March 3, 2021\n\n{made.report}".encode()).document.published is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_fifty_megabytes_are_refused_at_once(made, encoding: str) -> None:
    data = ("é" * 99 + "\n").encode(encoding) * 520_000
    begin = time.perf_counter()
    message = made.refusal(data)
    assert time.perf_counter() - begin < 2
    assert message.startswith("report.txt: too long: over ")
    assert message.endswith("and the limit is 1,000,000 (--max-chars)")


@pytest.mark.parametrize(
    "data", [b"x" * 1_000_000, b"\xe9" * 1_000_000, ("e\u0301" * 300_000).encode(), b"\xe9a" * 400_000]
)
def test_long_lines_and_odd_bytes_take_no_long_time(data: bytes) -> None:
    begin = time.perf_counter()
    with contextlib.suppress(BadInput):
        read(data)
    assert time.perf_counter() - begin < 5
