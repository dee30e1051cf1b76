r"""BibTeX (biblatex, UTF-8): the reports themselves, to be cited.

A title may hold anything: what TeX would take for a command or a ligature is written so that it prints as itself.
Braces have names (``\textbraceleft``), since BibTeX counts escaped ones too. ``url`` is verbatim; what would break it
is percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.export.bibliography import Work, work
from onrecord.export.days import iso_prefix
from onrecord.export.written import single_file
from onrecord.record import Account

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
ESCAPES = str.maketrans(SPECIAL)
# The second of two characters that TeX would set as one: --, ``, '', ?`, !`.
LIGATURES = re.compile(r"(?<=-)-|(?<=[`?!])`|(?<=')'")
NOT_IN_URLS = re.compile(r"[{}\\\s]|%(?![0-9A-Fa-f]{2})")


def write_bibtex(account: Account, out: Path) -> list[Path]:
    """BibTeX: the reports as entries to cite, in the file ``out``."""
    with single_file(out, "BibTeX").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(entry(work(reading)) for reading in account.readings)
    return [out]


def entry(of: Work) -> str:
    """One report as an entry, its fields in a fixed order."""
    kind = "article" if of.outlet else "online" if of.url else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(of) if value)
    return f"@{kind}{{{of.id},\n{fields}}}\n\n"


def _fields(of: Work) -> Iterator[tuple[str, str]]:
    yield "title", tex(of.title)
    yield "author", " and ".join(f"{{{tex(author)}}}" for author in of.authors)
    yield "journaltitle", tex(of.outlet)
    yield "date", "/".join(filter(None, (iso_prefix(of.date), iso_prefix(of.until))))
    yield "url", NOT_IN_URLS.sub(lambda found: _encoded(found.group()), of.url)
    yield "langid", {"en": "english"}.get(of.language, "")
    yield "note", tex(of.note)


def tex(words: str) -> str:
    r"""Words as TeX prints them.

    >>> tex("50% of {A & B} -- \\o/")
    '50\\% of \\textbraceleft{}A \\& B\\textbraceright{} -{}- \\textbackslash{}o/'
    """
    return LIGATURES.sub(lambda found: "{}" + found.group(), words.translate(ESCAPES))


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
