"""The words that every page uses: a terminal, Markdown and HTML say the same."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.export.citations import Citation
from onrecord.export.comparisons import Comparison
from onrecord.record import Happening, LinkKind, Status

# A sentence with citations in it, which each page prints in its own way.
Sentence = tuple[str | Citation, ...]
# What a status is called, where "happened" is the section itself.
IN_WORDS = {
    "did_not_happen": "did not happen",
    "denied": "denied",
    "prevented": "prevented",
    "refused": "refused",
    "counterfactual": "would have been",
    "attempted": "attempted",
    "planned": "planned",
    "threatened": "threatened",
    "requested": "asked for",
    "possible": "possible",
    "hypothetical": "hypothetical",
    "uncertain": "not certain",
    "happened": "",
}
# On what tellings agree or contradict each other (the fields of a link).
FIELDS = {
    "when": "when",
    "where": "where",
    "actors": "who",
    "status": "whether it happened",
    "quantity": "how many",
    "attribution": "who said so",
}
# How reports hang together, seen from the left one and from the right one.
TIES = {
    (LinkKind.COPIES, True): "copies",
    (LinkKind.COPIES, False): "is copied by",
    (LinkKind.UPDATES, True): "is a later version of",
    (LinkKind.UPDATES, False): "has a later version,",
    (LinkKind.CORRECTS, True): "corrects",
    (LinkKind.CORRECTS, False): "is corrected by",
}
# What a line rests on that one voice alone tells which has no name: a person, or several who speak as one.
UNNAMED_ONLY = ("one unnamed source only", "unnamed sources only")
LIFTED = "takes a quotation from"


def listed(words: Sequence[str]) -> str:
    """Words as an enumeration.

    >>> listed(["when", "where", "who"])
    'when, where and who'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def counted(count: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "voice"), counted(3, "voice")
    ('1 voice', '3 voices')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def fields_in_words(fields: Sequence[str]) -> str:
    """On what tellings agree or differ."""
    return listed([FIELDS.get(field, field) for field in fields])


def voices_in_words(happening: Happening, reports: int, plural: bool = False) -> str:
    """By how many independent voices a happening is told; empty for a single named voice in a single report.

    ``plural``: the one voice is that of several people ("two clerks").
    """
    voices, named, unnamed = happening.voices, happening.named, happening.unnamed
    printed = f", printed by {reports} reports" if reports > max(voices, 1) else ""
    if happening.unnamed_only:
        return (UNNAMED_ONLY[plural] if voices <= 1 else f"{voices} voices, all unnamed") + printed
    if voices <= 1:
        return f"1 voice{printed}" if printed else ""
    if not unnamed:
        return f"{voices} voices" + (", all named" if named else "") + printed
    return f"{voices} voices: {named} named, {unnamed} unnamed{printed}"


def status_in_words(status: Status) -> str:
    """What a voice presents an event as."""
    return IN_WORDS[status.value] or "happened"


def whose(cited: Citation) -> str:
    """Whose word a citation is, and where it stands: "says a clerk (unnamed); Courier, 3 Mar 2023"."""
    who = f"says {cited.says}{' (unnamed)' if cited.unnamed else ''}; " if cited.says else ""
    return f"{who}{cited.told_by}, {cited.published or 'no date'}"


def change_in_words(change: Comparison) -> Sentence:
    """What changed from an earlier telling to a later one."""
    later, earlier = change.left, change.right
    if change.kind is LinkKind.CORRECTS:
        return ("first reported ", earlier, "; corrected: ", later) if earlier.words else ("corrected: ", later)
    note = change.note or "told otherwise later"
    if change.field == "quantity" and note.startswith("number"):
        return (f"{note} from ", earlier, " to ", later)
    if note.startswith("later"):
        return ("first reported ", earlier, f"; {note}: ", later)
    return (f"{note}: first ", earlier, ", then ", later)
