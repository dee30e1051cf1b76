"""Nothing leaves the machine: reading, adding and showing open no socket, in this process or any that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Put first on the path of every Python process of the test: writes down each use of the network, and refuses it.
WATCH = """
import os, sys
def watch(event, args):
    if event in {"socket.gethostname", "socket.__new__"}:
        return
    if event == "socket.bind" and args[1][0] in {"127.0.0.1", "::1"}:
        return  # urllib3, which trafilatura brings along, looks on import whether the machine knows IPv6
    if event.startswith("socket.") or event == "urllib.Request":
        with open(os.environ["ONRECORD_SEEN"], "a") as seen:
            seen.write(f"{event} {args[1:]}\\n")
        raise OSError(f"the network is not to be touched: {event}")
sys.addaudithook(watch)
"""
PAGE = """<html><head><title>Pier sold</title><link rel="stylesheet" href="https://elsewhere.invalid/x.css">
<meta property="og:site_name" content="Velm Post"></head><body><article><img src="https://elsewhere.invalid/a.png">
<p>Ilda Venn said on Monday that the north pier had been sold to a company from Tarn.</p>
<p>The board denied the sale and said that nobody had been asked about it in the last year.</p>
</article></body></html>"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path / "watch"), "ONRECORD_SEEN": str(tmp_path / "seen")}


def run(env: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord", *map(str, words)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)


def test_no_outside_socket_is_opened(watched: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    for n in range(6):
        (folder / f"{n}.txt").write_text(f"The board said on Monday that pier {n} was sold, and denied all else.")
    case = tmp_path / "c.onrecord"
    commands = (
        ("read", folder, "--jsonl"),
        ("add", case, folder),
        ("show", case, "--json"),
        ("account", case),
        ("check", case),
    )
    for words in commands:
        result = run(watched, *words)
        assert result.returncode == 0, result.stderr
    assert not Path(watched["ONRECORD_SEEN"]).exists(), Path(watched["ONRECORD_SEEN"]).read_text()


def test_the_watch_sees_a_call_if_there_is_one(watched: dict[str, str]) -> None:
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"
    result = subprocess.run([sys.executable, "-c", code], env=watched, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert Path(watched["ONRECORD_SEEN"]).read_text()
