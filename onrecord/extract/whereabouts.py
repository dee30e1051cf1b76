"""Which mention stands where: asked by every stage that turns words into entities."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from onrecord.record import Entity, Id, Mention, Reading, Span


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The mentions of a reading by place, and its entities by id."""

    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    entities: dict[Id, Entity]

    @classmethod
    def of(cls, reading: Reading) -> Whereabouts:
        """Sort a reading's mentions by the place of their heads."""
        ordered = tuple(sorted(reading.mentions, key=lambda mention: (mention.head, mention.span)))
        return cls(ordered, tuple(m.head.start for m in ordered), {entity.id: entity for entity in reading.entities})

    def headed_in(self, span: Span) -> tuple[Mention, ...]:
        """The mentions whose head lies wholly in the span, in the order of the text."""
        low, high = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end - 1)
        return tuple(m for m in self.mentions[low:high] if m.head.end <= span.end)

    def at_head(self, word: Span) -> Mention | None:
        """The mention whose head holds this word (of several, the one with the longest span)."""
        low = bisect_right(self.starts, word.start)
        near = [m for m in self.mentions[max(0, low - 12) : low] if m.head.contains(word)]
        return max(near, key=lambda m: m.span.end - m.span.start, default=None)

    def entity(self, mention: Mention | None) -> Entity | None:
        """The entity that a mention stands for; None if it was left open."""
        return self.entities.get(mention.means) if mention is not None and mention.means is not None else None
