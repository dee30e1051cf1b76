"""A small case of two reports about an invented affair, made once, and a runner for commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

Run = Callable[..., Result]

FIRST = """Harbour Board Denies Secret Sale

PORT VELM, March 4, 2023 (Tarn Wire) - The harbour board denied on Friday that it had sold the north pier.

"Nobody sold anything," said Ilda Venn, the board's chairwoman. A senior customs official, who spoke on condition of
anonymity because he was not allowed to talk to reporters, said two captains had met the buyers in January.

The police arrested three dock workers on Thursday. The board plans to publish the contract next month.
"""
SECOND = """Captains Met Buyers, Clerk Says

VELM CITY, March 9, 2023 - Ilda Venn resigned on Wednesday, the board said. The buyers threatened to sue the board.
"""


@pytest.fixture(scope="session")
def run() -> Run:
    def run_(*words: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "1.txt").write_text(FIRST, encoding="utf-8")
    (folder / "2.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def made_case(run: Run, reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "pier.onrecord"
    result = run("add", path, reports)
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def case(made_case: Path, tmp_path: Path) -> Path:
    """A copy of the case that a test may change."""
    return Path(shutil.copy(made_case, tmp_path / "pier.onrecord"))
