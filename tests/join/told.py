"""Reports for tests of copies: short affairs that never were."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.record import Basis, Document, Precision, Reading, TimeInterval

SENTENCES = (
    "The lock gates at Ostrell stood open all night, and by six in the morning the lower basin was dry.",
    "Harbour master Ilda Venn found the first barges lying on their sides in the mud below the grain store.",
    "She sounded the horn until her two nephews came down from the mill with ropes and lanterns.",
    "Nobody was hurt, but nine cows that had grazed on the dyke were missing by noon on Tuesday.",
    "The town council had been told in April that the left gate no longer closed without a lever.",
    "Orrin Tal, who keeps the books of the lock company, said the lever had been lent to a bakery.",
    "The bakery returned it on Wednesday, wrapped in sacking, with a bill for three broken trays.",
    "A commission of five will meet in the net loft to ask who had written the key down as lost.",
    "In 1987 the same gate was left open by a wedding party, and the basin was dry for eleven days.",
    "Fishermen from Lower Brell have offered their pumps, which were built to empty the salt pans.",
    "The insurer, Halden Mutual, wrote that mud was no peril known to its policy of 2004.",
    "Until the water is back, grain for the island will be carried over the Tannis bridge by cart.",
)
OTHER = (
    "A violin that was sold in Marrow for the price of a bicycle may be the one lost by Petra Quill.",
    "The dealer had bought it with a cupboard of sheet music from the cellar of the Orpheum cinema.",
    "Two experts from Castellane looked at the scroll for an hour and asked for a second lamp.",
    "Quill, who is 81, wants to hear it before she says anything about varnish or about money.",
    "The cinema's owner claims that whatever lay in his cellar belongs to the cinema, mice included.",
)
TEXT = " ".join(SENTENCES[:4]) + "\n\n" + " ".join(SENTENCES[4:8]) + "\n\n" + " ".join(SENTENCES[8:])


def report(text: str, outlet: str = "", day: int | None = None, id_: str = "", url: str = "") -> Reading:
    """A reading that holds a document only, published on that day of March 2021."""
    told = None
    if day is not None:
        start = date(2021, 3, day)
        told = TimeInterval(start, start + timedelta(1), Precision.DAY, Basis.EXPLICIT, inferred=False)
    return Reading(Document(id_ or f"r-{outlet}-{day}", text, outlet=outlet, url=url, published=told))
