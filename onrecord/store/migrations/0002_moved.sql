-- Where an entity went that somebody decided on: its report was read again and gave it another id, or its report was
-- taken out and others tell of it too. Decisions follow.
CREATE TABLE moved (
    old         TEXT PRIMARY KEY,
    new         TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
