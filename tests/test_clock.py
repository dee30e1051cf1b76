"""The clock of the machine is never asked: the same account at any system date, in any time zone, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Every kind of date that a report may have: none, given by its file, stated, inferred in two ways.
REPORTS = {
    "undated.txt": "Ilda Venn resigned yesterday. The board met last week, and will meet again next month. Last year, "
    "on Friday, this summer and two years ago it met too. It recently moved; its clerk is now ill.\n",
    "dateline.txt": "VELM, March 9, 2023 - The harbour board sold the pier on Tuesday. It will pay next year.\n",
    "stated.txt": "Published March 9, 2023\n\nThe harbour board sold the pier on Tuesday, the board said last week.\n",
    "inferred.txt": "The first meeting, held in the autumn of 2011, lasted two days. The meetings, which began last "
    "autumn and went on this year, were broken off. The envoys left in May. They will return on Monday.\n",
    "half.txt": "VELM, March 9 - The board sold the pier on Tuesday. In 2019 it leased it. It will pay on Friday.\n",
    "row.jsonl": json.dumps({"text": "The clerk left today. She had come last May.", "published": "2024-02-29"}) + "\n",
    "open.txt": "In 2019 the pier burned. The board met in April, and the clerk resigned last month.\n",
}
# A process whose clock is set: every way to ask it from Python gives that moment.
SET = """
import datetime, pathlib, sys, time

import spacy  # before: its own checks of types want the real classes

MOMENT = float(sys.argv.pop(1))
asked = time.gmtime, time.localtime
time.time = lambda: MOMENT
time.time_ns = lambda: int(MOMENT * 1e9)
time.gmtime = lambda at=None: asked[0](MOMENT if at is None else at)
time.localtime = lambda at=None: asked[1](MOMENT if at is None else at)
real_date, real_datetime = datetime.date, datetime.datetime

class Meta(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.real)
    def __subclasscheck__(cls, other):
        return issubclass(other, cls.real)

class Date(real_date, metaclass=Meta):
    real = real_date
    @classmethod
    def today(cls):
        return real_datetime.fromtimestamp(MOMENT).date()

class DateTime(real_datetime, metaclass=Meta):
    real = real_datetime
    @classmethod
    def now(cls, tz=None):
        return real_datetime.fromtimestamp(MOMENT, tz)
    @classmethod
    def utcnow(cls):
        return real_datetime.utcfromtimestamp(MOMENT)
    @classmethod
    def today(cls):
        return real_datetime.fromtimestamp(MOMENT)

datetime.date, datetime.datetime = Date, DateTime
assert datetime.date.today().year == time.localtime().tm_year == datetime.datetime.now().year

from onrecord.cli import main
*words, folder = sys.argv[1:]
for file in sorted(pathlib.Path(folder).iterdir()):  # one by one: a second process would have the real clock
    main([*words, str(file)], standalone_mode=False)
"""
# 3 July 1990, 23 November 2026, 31 December 2050 close to midnight.
CLOCKS = ((646_963_200, "UTC0"), (1_795_392_000, "XXX-14"), (2_556_143_940, "XXX+12"))


def printed(moment: int, zone: str, *words: str | Path) -> bytes:
    """What a command prints in a process with that clock and time zone."""
    done = subprocess.run(
        [sys.executable, "-c", SET, str(moment), *map(str, words)], capture_output=True, check=False, timeout=300,
        env={**os.environ, "TZ": zone},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_account_is_the_same_under_any_clock(reports: Path) -> None:
    accounts = [printed(moment, zone, "read", "--json", reports) for moment, zone in CLOCKS]
    assert accounts[0] == accounts[1] == accounts[2]
    found = [json.loads(line) for line in accounts[0].splitlines()]
    assert not any(account["problems"] for account in found)
    dated = {r["origin"].split(".")[0]: r["published"] for account in found for r in account["reports"]}
    assert dated["undated"] is None
    assert dated["dateline"]["earliest"] == dated["stated"]["earliest"] == "2023-03-09"
    assert dated["inferred"]["inferred"]
    assert dated["row"]["earliest"] == "2024-02-29"
    assert dated.keys() == {name.split(".")[0] for name in REPORTS}


def test_the_pages_are_the_same_under_any_clock(reports: Path) -> None:
    pages = {printed(moment, zone, "read", "--limit", "0", reports) for moment, zone in CLOCKS}
    assert len(pages) == 1


def test_the_clock_of_the_test_is_really_set() -> None:
    code = SET.partition("from onrecord.cli")[0] + "print(datetime.date.today(), isinstance(MOMENT, float))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(CLOCKS[0][0])], capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "TZ": "UTC0"},
    )  # fmt: skip
    assert done.stdout == "1990-07-03 True\n"
