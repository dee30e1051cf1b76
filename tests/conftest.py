"""What all tests share: the pipeline and the lexicons, loaded once, and a reading of any text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from onrecord.extract.parse import Tools, load_tools
from onrecord.pipeline import read_document
from onrecord.record import Basis, Document, Precision, Reading, TimeInterval, make_id

ReadText = Callable[..., Reading]


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools()


@pytest.fixture(scope="session")
def rules_only() -> Tools:
    """The tools without the learned heads."""
    return load_tools(weights=None)


@pytest.fixture(scope="session")
def everything() -> Tools:
    """The tools that keep what is no event of an account by itself, too."""
    return load_tools(everything=True)


@pytest.fixture(scope="session")
def read_text(tools: Tools) -> ReadText:
    """Read a text as a report: ``read_text(text, published="2021-03-04")``. Fails if any stage failed."""
    return reads_with(tools)


@pytest.fixture(scope="session")
def read_by_rules(rules_only: Tools) -> ReadText:
    """The same, without the learned heads."""
    return reads_with(rules_only)


def reads_with(tools: Tools) -> ReadText:
    """A function that reads a text with these tools."""

    def read(text: str, published: str | None = None) -> Reading:
        day = date.fromisoformat(published) if published else None
        given = TimeInterval(day, day + timedelta(1), Precision.DAY, Basis.EXPLICIT, inferred=False) if day else None
        reading = read_document(Document(make_id("r", text), text, published=given), tools)
        assert not reading.problems, reading.problems
        return reading

    return read
