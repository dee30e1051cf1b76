"""The texts that the heads learn from, made of public data by the converters of the evaluation.

Splits as ``docs/measured.md`` states them: of GUM all but the seven dev texts, of MEANTIME the part GM, of ECB+ topics
1 to 20, of PolNeAR train. Nothing else is learnt from, and none of it is kept in the project.
"""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDS = 5
# Documents of PolNeAR train that the head of statements does not learn from.
HELD_OUT = 60


@dataclass(frozen=True)
class Material:
    """The files that were made in a folder."""

    folder: Path

    def gum(self, scheme: str, split: str) -> Path:
        """GUM in one of its two schemes."""
        return self.folder / f"{scheme}-{split}.jsonl"

    @property
    def names(self) -> Path:
        """Texts in which all names of the first sentences are annotated."""
        return self.folder / "meantime-gm.jsonl"

    @property
    def some(self) -> Path:
        """Sentences in which those who take part in events are annotated."""
        return self.folder / "ecb-train.jsonl"


def make(shared: Path, folder: Path) -> Material:
    """Convert the public data under ``shared`` (``gold/``, ``measure/``) into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Material(folder)
    for scheme in ("gum", "ontogum"):
        for split in ("train", "dev"):
            where = made.gum(scheme, split)
            _run(shared, "gum_to_jsonl", shared / "gold/entities/gum", where, "--scheme", scheme, "--split", split)
    _run(shared, "ecb_to_jsonl", shared / "gold/crossdoc/ecbplus", made.some, "--split", "train")
    _meantime(shared, made.names)
    return made


def _run(shared: Path, script: str, *given: str | Path) -> None:
    command = [sys.executable, str(shared / "measure" / f"{script}.py"), *map(str, given)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _meantime(shared: Path, out: Path) -> None:
    """The part GM has entities of mixed type, which its converter does not know: they are neither of the others."""
    path = shared / "measure/meantime_to_jsonl.py"
    spec = importlib.util.spec_from_file_location("meantime_to_jsonl", path)
    assert spec is not None
    assert spec.loader is not None
    converter: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(converter)
    converter.KINDS["MIX"] = ["other", "work"]
    sys.argv = [str(path), str(shared / "gold/crossdoc/meantime-gm"), str(out)]
    converter.main()


def folds(made: Material) -> list[set[str]]:
    """All news texts of GUM, dev among them, dealt into five."""
    ids = [
        row["id"]
        for split in ("train", "dev")
        for line in made.gum("gum", split).read_text(encoding="utf-8").split("\n")
        if line.strip() and (row := json.loads(line))["genre"] == "news"
    ]
    return [set(sorted(ids)[k::FOLDS]) for k in range(FOLDS)]


def texts(path: Path) -> list[dict[str, Any]]:
    """The rows of PolNeAR."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def split(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(held out, learnt from): always the same."""
    shuffled = list(rows)
    random.Random(0).shuffle(shuffled)
    return shuffled[:HELD_OUT], shuffled[HELD_OUT:]
