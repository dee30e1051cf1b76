-- Two events of the report that its words set against each other: `left` came before `right`, or caused it. What is
-- part of what stands in event.part_of.
CREATE TABLE link (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    left        TEXT NOT NULL,                 -- event.id
    right       TEXT NOT NULL,                 -- event.id
    kind        TEXT NOT NULL,                 -- before, causes
    field       TEXT,                          -- on what they agree or not; NULL for these kinds
    score       REAL NOT NULL,                 -- how likely it is right
    by          TEXT NOT NULL,                 -- rule, model, person
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;
