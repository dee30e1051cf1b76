"""Makes `affair/12-customs-board-findings.pdf`: two pages, core fonts, a fixed date, hence the same bytes each time.

Run it from anywhere: `python examples/make_pdf.py [OUT]`. It needs fpdf2 (in the development requirements).
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

PLACE = Path(__file__).parent / "affair" / "12-customs-board-findings.pdf"
RELEASED = datetime(2023, 3, 29, 9, 0, tzinfo=UTC)
TITLE = "Preliminary findings on the consignment in Warehouse 14"

FIRST_PAGE = (
    ("h", TITLE),
    ("p", "Released in Dunmere on March 29, 2023. For the attention of the press."),
    ("h", "1. What was found"),
    (
        "p",
        "On March 2, 2023, at 4:35 a.m., nineteen officers of the Customs Board entered Warehouse 14 in the container "
        "harbour of Port Ellery. They found 96 crates holding 1,184 automatic rifles and between 30,000 and 40,000 "
        "cartridges. The count was completed on March 24. The director's first estimate of some 1,200 rifles, given on "
        "March 3, is herewith replaced.",
    ),
    (
        "p",
        "The Interior Ministry's figure of 640 rests on a count that was broken off at noon on March 2, when the "
        "police officers taking part in it were called away. The Board asked the ministry on March 10 to withdraw the "
        "figure. The ministry declined to do so.",
    ),
    ("h", "2. How it came to Port Ellery"),
    (
        "p",
        "The crates were landed from the container ship Anna Teague, master Joris Bell, which docked on Sunday, "
        "February 19. The date of February 21, which the Board itself gave to the press, is that of the entry in the "
        "harbour ledger and is wrong.",
    ),
    (
        "p",
        "Six containers were taken off the ship and four were entered. Two of the four were declared as tinned fruit. "
        "The ship's master told the Board that he had been handed the papers in sealed envelopes and that an agent in "
        "Saint Corvin had promised him a bonus if they stayed sealed. The Board was unable to find the agent.",
    ),
)

SECOND_PAGE = (
    ("h", "3. The missing copy"),
    (
        "p",
        "The law requires a second copy of every manifest to be lodged with the Board on the day of landing. No copy "
        "for the Anna Teague was lodged. On the night of March 16 two persons attempted to set fire to the building in "
        "which the duplicates are kept. They did not succeed.",
    ),
    ("h", "4. The post at Gate 6"),
    (
        "p",
        "The customs post at Gate 6 was closed on December 12, 2022, by order of the minister of transport and "
        "harbours, Mr. Gideon Farrow. Had it been open, the consignment would in all probability have been weighed. "
        "The Board had planned to double the post in the spring of 2023; the plan was abandoned when the order came.",
    ),
    (
        "p",
        "A retired colonel of the customs service had warned the ministry in October 2022 that containers were "
        "leaving by this gate without being recorded. The Board holds a copy of his letter. The ministry states that "
        "it has no record of having received it.",
    ),
    ("h", "5. What is not known"),
    (
        "p",
        "The Board does not know who sent the weapons, who paid for them or for whom they were intended. It has no "
        "evidence that the Northern Rivers Front ordered them, and none that it did not. It cannot say whether any "
        "person in the government knew of the cargo before March 2.",
    ),
    (
        "p",
        'The director of the Board, Philippa Rusk, said: "We were asked to count, and we have counted. It is for '
        'others to ask why the scales had been taken away."',
    ),
    ("p", "The Board warns that further consignments may already have left the harbour by the same route."),
    ("p", "Office of the Director, Customs Board of Lorvane, 2 Tide Street, Dunmere"),
)


class Findings(FPDF):
    """The Board's letter paper: its name above each page, the page number below."""

    def header(self) -> None:
        """Prints the Board's name."""
        self.set_font("Times", "B", 11)
        self.cell(0, 8, "CUSTOMS BOARD OF LORVANE", align="C", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self) -> None:
        """Prints the page number."""
        self.set_y(-18)
        self.set_font("Times", "I", 9)
        self.cell(0, 8, f"Page {self.page_no()} of 2", align="C")


def make(out: Path) -> None:
    """Writes the report to `out`."""
    paper = Findings(format="A4")
    paper.set_margin(25)
    paper.set_creation_date(RELEASED)
    paper.set_title(TITLE)
    paper.set_author("Customs Board of Lorvane")
    paper.set_producer("make_pdf.py")
    for page in (FIRST_PAGE, SECOND_PAGE):
        paper.add_page()
        for kind, words in page:
            paper.set_font("Times", "B" if kind == "h" else "", 13 if kind == "h" else 11.5)
            paper.multi_cell(0, 6, words, align="L", new_x="LMARGIN", new_y="NEXT")
            paper.ln(3)
    paper.output(str(out))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE)
