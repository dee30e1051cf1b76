-- What joins reports is kept, so that a new report is compared with no more than it concerns. All of it can be made
-- again from the findings; `joined` says by which rules it was made, and a report that is not in it waits to be joined.
CREATE TABLE joined (
    report      INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    rules       TEXT NOT NULL                  -- digest of what compares reports
) STRICT;

-- What an event is compared by (JSON), under a number that is a digest of its id. What its report is about: `setting`.
CREATE TABLE telling (
    number      INTEGER PRIMARY KEY,
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    event       TEXT NOT NULL,                 -- event.id
    packed      TEXT NOT NULL
) STRICT;
CREATE INDEX telling_report ON telling (report);
CREATE TABLE setting (
    report      INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    packed      TEXT NOT NULL,
    rules       TEXT NOT NULL                  -- by which rules it and the tellings were made
) STRICT;

-- The blocks of tellings that may tell one event: a digest of what they share.
CREATE TABLE telling_block (
    block       INTEGER NOT NULL,
    telling     INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
    PRIMARY KEY (block, telling)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_block_telling ON telling_block (telling);

-- Pairs of tellings of two reports that are likely one event; the lesser number is `left`.
CREATE TABLE same_event (
    left        INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
    right       INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
    score       REAL NOT NULL,
    PRIMARY KEY (left, right)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_event_right ON same_event (right);

-- Digests of a report's words: reports that share one may be copies or versions of each other.
CREATE TABLE fingerprint (
    key         INTEGER NOT NULL,
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    PRIMARY KEY (key, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX fingerprint_report ON fingerprint (report);

-- Of which reports a report's correction note speaks: those of this outlet and day.
CREATE TABLE asked_for (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    outlet      TEXT NOT NULL,
    day         TEXT NOT NULL,
    PRIMARY KEY (report, outlet, day)
) STRICT, WITHOUT ROWID;

-- Copies, updates and corrections among reports; `packed` (JSON) holds the shared passages and the reasons.
CREATE TABLE report_link (
    one         INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    other       INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    n           INTEGER NOT NULL,
    packed      TEXT NOT NULL,
    PRIMARY KEY (one, other, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_link_other ON report_link (other);
