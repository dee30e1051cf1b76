"""How good the head is on news that it has not seen: five of them, each trained without a fifth of GUM's news texts.

    python -m training.folds --shared DIR --encoder DIR --out DIR

Each left-out text is read by the whole program with the weights that have not seen it; all are scored together, by the
scorers of the evaluation. The seven dev texts are never trained on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from training import material


def main() -> None:
    """Train what is not there yet, read, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/ and measure/")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2 (safetensors)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--program", default="onrecord")
    options = parser.parse_args()
    made = material.make(options.shared, options.out)
    for number, left_out in enumerate(material.folds(made)):
        folder = options.out / f"fold-{number}"
        if not (folder / "who.npz").exists():
            _train(options, folder, left_out)
        _read(options.program, made, folder, left_out)
    for scheme in ("gum", "ontogum"):
        gold, accounts = options.out / f"news-{scheme}.jsonl", options.out / "accounts.jsonl"
        gold.write_text("".join(_rows(made, scheme)), encoding="utf-8")
        accounts.write_text("".join(p.read_text() for p in sorted(options.out.glob("fold-*/accounts.jsonl"))))
        print(scheme, flush=True)
        subprocess.run([sys.executable, options.shared / "measure/score_gum.py", gold, accounts], check=True)


def _train(options: argparse.Namespace, folder: Path, left_out: set[str]) -> None:
    given = ["--shared", options.shared, "--encoder", options.encoder, "--out", folder]
    command = [sys.executable, "-m", "training.who", *given, "--leave-out", ",".join(sorted(left_out))]
    subprocess.run(command, check=True)


def _rows(made: material.Material, scheme: str) -> list[str]:
    """The lines of all news texts."""
    lines = [line for split in ("train", "dev") for line in made.gum(scheme, split).read_text().split("\n")]
    return [line + "\n" for line in lines if line.strip() and json.loads(line)["genre"] == "news"]


def _read(program: str, made: material.Material, folder: Path, left_out: set[str]) -> None:
    texts = folder / "texts.jsonl"
    rows = [json.loads(line) for line in _rows(made, "gum")]
    chosen = [row for row in rows if row["id"] in left_out]
    given = [{"text": row["text"], "url": f"gold:{row['id']}", "title": row["title"] or ""} for row in chosen]
    texts.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
    found = subprocess.run([program, "read", texts, "--jsonl", "--weights", folder], check=True, capture_output=True)
    (folder / "accounts.jsonl").write_bytes(found.stdout)


if __name__ == "__main__":
    main()
