"""Files and folders as exporters write them: nothing is written where something else stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.errors import BadInput

# Some programs end a line at these; in JSON they may as well be written as escapes.
LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def folder(out: Path, needs: str) -> Path:
    """The folder ``out``, made if absent. Raises BadInput if it is a file; ``needs`` says what needs a folder."""
    if out.exists() and not out.is_dir():
        raise BadInput(out.name, f"is a file; {needs}")
    out.mkdir(parents=True, exist_ok=True)
    return out


def single_file(out: Path, format_: str) -> Path:
    """The file ``out``. Raises BadInput if it is a folder."""
    if out.is_dir():
        raise BadInput(out.name, f"is a folder; {format_} is one file")
    return out


def write_lines(out: Path, rows: Iterable[Any]) -> Path:
    """Write JSON lines, one row at a time; no line separator of Unicode stands in a line."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False).translate(LINE_ENDS) + "\n" for row in rows)
    return out


def write_document(out: Path, document: Any, format_: str) -> Path:
    """Write one JSON document. Raises BadInput if ``out`` is a folder."""
    single_file(out, format_).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return out
