"""What two reports are to each other: copies, versions, corrections, quotations that one took from the other."""
