"""The three reports with words that try to be markup wherever a page prints them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.record import Account, Entity, Reading, Span
from tests.export.three_reports import ACCOUNT

TITLE = "# <script>alert('title')</script> \"x\" *b* [l](javascript:alert(1)) | `c`\n\n## Not a heading"
OUTLET = "</style><img src=x onerror=alert(2)>_O_\u202e"
URL = 'https://evil.example/"><script>alert(3)</script>'
WORDS = "<b>hurt</b> & ${title} $$ <!-- ]]> &lt; www.evil.example ![i](https://evil.example/i.png) [^1] \x1b[31m"


def hostile_account() -> Account:
    """Every title, outlet, address, clause and name is hostile."""
    return replace(
        ACCOUNT,
        readings=tuple(map(_hostile, ACCOUNT.readings)),
        entities=tuple(map(_named, ACCOUNT.entities)),
        happenings=tuple(replace(told, line=WORDS) for told in ACCOUNT.happenings),
    )


def _named(entity: Entity) -> Entity:
    return replace(entity, name=f"{entity.name} <i onclick=alert(4)>**x**</i>")


def _hostile(reading: Reading) -> Reading:
    text = reading.document.text + WORDS
    words = Span(len(reading.document.text), len(text))
    document = replace(reading.document, text=text, title=TITLE, outlet=OUTLET, url=URL, language='en" onload="x')
    return replace(
        reading,
        document=document,
        entities=tuple(map(_named, reading.entities)),
        events=tuple(replace(event, clause=words) for event in reading.events),
        statements=tuple(replace(one, content=(words,), cue=(words,)) for one in reading.statements),
    )
