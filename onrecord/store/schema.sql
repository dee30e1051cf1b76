-- A case of onrecord: one SQLite file, plain enough for any SQLite browser. Look at the views first:
-- statements_plain (who said what), timeline_plain (what happened or did not, and who says so), sources_plain (on whom
-- the reports rest).
--
-- How to read the tables
--   * A finding belongs to one report (`report` = report.number) and has an `id` that is the same on every run; `n` is
--     its place among its like. Findings are replaced as a whole when a report is read again; decisions never.
--   * `start` and `end` count characters of report.text, from 0, end not included. `words` are exactly those characters.
--   * A finding with several anchors has them in `anchor`, the reasons for it in `reason`, its calendar time in
--     `interval`: each row there names its owner's id and which part of the owner it is about.
--   * Columns that hold a list of ids or names hold it as JSON. NULL is unknown; nothing is ever guessed.
--   * Truth values are 0 and 1. Days are ISO 8601; moments are ISO 8601 in UTC.

-- ---------------------------------------------------------------------------------------------- what was read

-- One use of the program that stored findings: what made them.
CREATE TABLE run (
    number      INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    version     TEXT NOT NULL,                 -- of onrecord
    models      TEXT NOT NULL,                 -- JSON: [[name, version, digest], ...]
    lexicons    TEXT NOT NULL                  -- JSON: [[file, digest], ...]
) STRICT;

-- A report. `text` never changes; `number` grows in the order of adding.
CREATE TABLE report (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    title       TEXT NOT NULL,
    outlet      TEXT NOT NULL,
    authors     TEXT NOT NULL,                 -- JSON list
    url         TEXT NOT NULL,
    language    TEXT NOT NULL,
    media_type  TEXT NOT NULL,
    origin      TEXT NOT NULL,                 -- the name of the file that it came from
    original    TEXT NOT NULL,                 -- sha256 of the bytes that it was read from
    text_sha256 TEXT NOT NULL,                 -- of `text` in UTF-8: a changed text is found by `onrecord check`
    text        TEXT NOT NULL,
    added_at    TEXT NOT NULL,
    run         INTEGER NOT NULL REFERENCES run
) STRICT;

-- The bytes that a report was read from, packed by zlib. Missing where `text` in UTF-8 is those very bytes.
CREATE TABLE original (
    report      INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    packed      BLOB NOT NULL
) STRICT;

-- A stretch of a report: headline, byline, dateline, paragraph, caption.
CREATE TABLE block (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    n           INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    place       TEXT NOT NULL,                 -- page or element in the original
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

-- What could not be read or understood. `report` and `n` are NULL where it came up before a report's findings.
CREATE TABLE problem (
    number      INTEGER PRIMARY KEY,
    report      INTEGER REFERENCES report ON DELETE CASCADE,
    n           INTEGER,
    document    TEXT NOT NULL,                 -- report.id, or "" if no report came of it
    stage       TEXT NOT NULL,
    message     TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT;
CREATE INDEX problem_report ON problem (report);

-- ---------------------------------------------------------------------------------------------- what was found

CREATE TABLE sentence (
    number      INTEGER PRIMARY KEY,           -- what the full-text index points at
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    block       INTEGER NOT NULL,              -- block.n
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    UNIQUE (report, n)
) STRICT;

-- Full text over the sentences; words are found in all their forms ("resign" finds "resigned").
CREATE VIRTUAL TABLE sentence_words USING fts5 (
    words, content = 'sentence', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentence_added AFTER INSERT ON sentence BEGIN
    INSERT INTO sentence_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER sentence_removed AFTER DELETE ON sentence BEGIN
    INSERT INTO sentence_words (sentence_words, rowid, words) VALUES ('delete', old.number, old.words);
END;

-- Words between quotation marks. `scare`: a title, a nickname, a word held at arm's length. `carried`: goes on from
-- the quotation before it.
CREATE TABLE quotation (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    scare       INTEGER NOT NULL,
    carried     INTEGER NOT NULL,
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- Words that stand for an entity. `means` is that entity, NULL where it was left open (`candidates`: between which).
CREATE TABLE mention (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    head_start  INTEGER NOT NULL,
    head_end    INTEGER NOT NULL,
    kind        TEXT NOT NULL,                 -- person, organisation, place, group, work, other
    form        TEXT NOT NULL,                 -- name, description, pronoun
    means       TEXT,                          -- entity.id
    candidates  TEXT NOT NULL,                 -- JSON list of entity ids
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- Somebody's office. `holder` and `body` (whose office it is) are mentions.
CREATE TABLE role (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    holder      TEXT NOT NULL,                 -- mention.id
    title       TEXT NOT NULL,
    body        TEXT,                          -- mention.id
    former      INTEGER,                       -- NULL: the report does not say
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- The words that mark an attribution. Anchors: spans, source, content.
CREATE TABLE cue (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    lemma       TEXT NOT NULL,
    kind        TEXT NOT NULL,                 -- speech, thought, writing
    stance      TEXT NOT NULL,
    negated     INTEGER NOT NULL,
    hypothetical INTEGER NOT NULL,
    score       REAL NOT NULL DEFAULT 1.0,     -- how likely it is right
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- A person, body, place, group or work of one report. `named` 0: somebody whom the report does not name.
CREATE TABLE entity (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    named       INTEGER NOT NULL,
    name        TEXT NOT NULL,
    aliases     TEXT NOT NULL,                 -- JSON list
    mentions    TEXT NOT NULL,                 -- JSON list of mention ids
    count       TEXT,                          -- JSON [least, most]; null in it: no bound
    country     TEXT,                          -- ISO 3166-1 alpha-2
    sector      TEXT,                          -- PLOVER
    latitude    REAL,
    longitude   REAL,
    place_country   TEXT,
    gazetteer       TEXT,                      -- NULL: the place was not looked up or not found
    place_precision TEXT,                      -- country, subdivision, city, point
    members     TEXT NOT NULL,                 -- JSON list of entity ids
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- Attributed speech, writing or thought. Anchors: source, terms, reason, knowledge, cue, content.
CREATE TABLE statement (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    source_kind TEXT NOT NULL,                 -- named, unnamed, document, outlet, none
    source      TEXT,                          -- entity.id
    joint       TEXT NOT NULL,                 -- JSON list: entities that say it together with the source
    source_count TEXT,                         -- JSON [least, most]
    manner      TEXT NOT NULL,                 -- direct, indirect, mixed
    kind        TEXT NOT NULL,                 -- speech, thought, writing
    stance      TEXT NOT NULL,                 -- asserts, denies, asks, ...
    negated     INTEGER NOT NULL,              -- "never said"
    hypothetical INTEGER NOT NULL,             -- "would say"
    channel     TEXT,                          -- interview, statement, speech, ...
    channel_start INTEGER,
    channel_end INTEGER,
    channel_words TEXT,
    addressee   TEXT,                          -- entity.id
    within      TEXT,                          -- statement.id: A said that B said
    score       REAL NOT NULL DEFAULT 1.0,     -- how likely source and content are right
    addressed_start INTEGER,                   -- the words for who it was said to
    addressed_end INTEGER,
    addressed_words TEXT,
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- The report's own note on whom it rests.
CREATE TABLE sourcing (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    sources     TEXT NOT NULL,                 -- JSON list of entity ids
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- Words that place something in time. The days it comes to are in `interval`, part "interval".
CREATE TABLE time (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    kind        TEXT NOT NULL,                 -- date, time, duration, set
    timex       TEXT NOT NULL,                 -- TIMEX3 (ISO 24617-1)
    edtf        TEXT NOT NULL,                 -- EDTF (ISO 8601-2)
    relative_to TEXT,                          -- "publication", or the id of a time or an event
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- One report's telling of something that happened, or did not: `status` says which. Anchors: clause, status_cues.
CREATE TABLE event (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,              -- of the trigger, the word that tells it
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    predicate   TEXT NOT NULL,                 -- the trigger's lemma
    type        TEXT NOT NULL,                 -- PLOVER 2.0, SAY or OTHER
    mode        TEXT,
    contexts    TEXT NOT NULL,                 -- JSON list
    place       TEXT,                          -- entity.id
    background  INTEGER NOT NULL,              -- an old event told to explain the new
    status      TEXT NOT NULL,                 -- happened, denied, planned, ...
    certainty   INTEGER NOT NULL,              -- -3 surely not ... 0 open ... 3 surely
    statement   TEXT,                          -- statement.id: known only through what somebody said
    same_as     TEXT,                          -- event.id: an earlier telling in this report
    part_of     TEXT,                          -- event.id
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- Who takes part in an event, and as what.
CREATE TABLE participant (
    report      INTEGER NOT NULL,
    event       TEXT NOT NULL,
    n           INTEGER NOT NULL,
    part        TEXT NOT NULL,                 -- actor, recipient, ...
    entity      TEXT NOT NULL,                 -- entity.id
    start       INTEGER,
    end         INTEGER,
    words       TEXT,
    PRIMARY KEY (report, event, n),
    FOREIGN KEY (report, event) REFERENCES event (report, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Who says of an event that it happened or did not. `source` and `statement` NULL: the report itself. Its cues are
-- anchors of the event, part "voice 0", "voice 1", ...
CREATE TABLE voice (
    report      INTEGER NOT NULL,
    event       TEXT NOT NULL,
    n           INTEGER NOT NULL,
    status      TEXT NOT NULL,
    certainty   INTEGER NOT NULL,
    source      TEXT,                          -- entity.id
    statement   TEXT,                          -- statement.id
    PRIMARY KEY (report, event, n),
    FOREIGN KEY (report, event) REFERENCES event (report, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

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

-- A number of something. `min` and `max` are whole numbers, as text where they exceed 64 bits.
CREATE TABLE quantity (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    id          TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    min         ANY,
    max         ANY,
    unit        TEXT NOT NULL,
    approximate INTEGER NOT NULL,
    counts      TEXT,                          -- id of the entity or event that it is a number of
    PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- The characters under a part of a finding that may have several.
CREATE TABLE anchor (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    owner       TEXT NOT NULL,                 -- id of a finding
    part        TEXT NOT NULL,
    n           INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (report, owner, part, n)
) STRICT, WITHOUT ROWID;

-- Why a finding stands: the rule (lexicon#row or stage.rule) or model, and the words that set it off.
CREATE TABLE reason (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    owner       TEXT NOT NULL,                 -- id of a finding, or of the report
    part        TEXT NOT NULL,                 -- "" for the finding as a whole, else the part of its interval row
    n           INTEGER NOT NULL,
    rule        TEXT NOT NULL,
    note        TEXT NOT NULL,
    start       INTEGER,
    end         INTEGER,
    weight      REAL NOT NULL,                 -- 0 to 1
    model       INTEGER NOT NULL,              -- 1: a model's, not a rule's
    PRIMARY KEY (report, owner, part, n)
) STRICT, WITHOUT ROWID;

-- Calendar time: from `start_day` to before `end_day` (not included); NULL is open on that side.
CREATE TABLE interval (
    report      INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    owner       TEXT NOT NULL,                 -- id of a finding, or of the report
    part        TEXT NOT NULL,                 -- when, during, interval; of a report: given (by file or user), published
    start_day   TEXT,
    end_day     TEXT,
    precision   TEXT NOT NULL,                 -- minute, hour, day, ... vague
    basis       TEXT NOT NULL,                 -- what it was reckoned from
    inferred    INTEGER NOT NULL,              -- 1: the days do not stand in the words themselves
    throughout  INTEGER NOT NULL,              -- 1: "all week"; 0: some time in it
    approximate INTEGER NOT NULL,
    clock       TEXT NOT NULL,                 -- "14:30" or ""
    anchor_id   TEXT,                          -- the time or event that it was reckoned from
    alternatives TEXT NOT NULL,                -- JSON: [[start_day, end_day, why not], ...]
    PRIMARY KEY (report, owner, part)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------- what joins reports

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

-- ---------------------------------------------------------------------------------------------- what people decided

-- A decision by a person. Only grows: undoing it sets `undone_at`.
CREATE TABLE decision (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    about       TEXT NOT NULL,                 -- entity, event, statement, time, hit, report
    verb        TEXT NOT NULL,
    left        TEXT NOT NULL,                 -- id of what it is about
    right       TEXT,
    value       TEXT NOT NULL,
    by          TEXT NOT NULL,
    at          TEXT NOT NULL,
    note        TEXT NOT NULL,
    undone_at   TEXT
) STRICT;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN
    SELECT RAISE(ABORT, 'a decision is never erased; undo it instead');
END;
CREATE TRIGGER decision_holds BEFORE UPDATE OF id, about, verb, left, right, by, at ON decision BEGIN
    SELECT RAISE(ABORT, 'a decision is never changed; undo it and decide again');
END;

-- Where an entity went that somebody decided on: its report was read again and gave it another id, or its report was
-- taken out and others tell of it too. Decisions follow.
CREATE TABLE moved (
    old         TEXT PRIMARY KEY,
    new         TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- That a report was taken out, with all that rested on it alone. None of its words stay.
CREATE TABLE removal (
    number      INTEGER PRIMARY KEY,
    report      TEXT NOT NULL,                 -- the id it had
    original    TEXT NOT NULL,                 -- sha256 of the bytes that it was read from
    text_sha256 TEXT NOT NULL,
    by          TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT;

-- What decisions point at that went with a report. The words of such a decision (value, note) went as well.
CREATE TABLE removed (
    id          TEXT NOT NULL,
    removal     INTEGER NOT NULL REFERENCES removal,
    PRIMARY KEY (id, removal)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------- views to read

-- Who said what, on what terms. `source` is the name, or the report's own words for somebody it does not name.
CREATE VIEW statements_plain AS
SELECT
    report.number AS report,
    report.title,
    report.outlet,
    (SELECT start_day FROM interval WHERE report = report.number AND owner = report.id AND part = 'published')
        AS published,
    statement.id,
    coalesce(
        (SELECT name FROM entity WHERE report = statement.report AND id = statement.source),
        (SELECT words FROM anchor WHERE report = statement.report AND owner = statement.id AND part = 'source' LIMIT 1)
    ) AS source,
    statement.source_kind,
    (SELECT group_concat(words, ' … ') FROM
        (SELECT words FROM anchor WHERE report = statement.report AND owner = statement.id AND part = 'terms'
         ORDER BY n)) AS terms,
    (SELECT group_concat(words, ' … ') FROM
        (SELECT words FROM anchor WHERE report = statement.report AND owner = statement.id AND part = 'cue'
         ORDER BY n)) AS cue,
    (SELECT group_concat(words, ' … ') FROM
        (SELECT words FROM anchor WHERE report = statement.report AND owner = statement.id AND part = 'content'
         ORDER BY n)) AS content,
    statement.manner,
    statement.kind,
    statement.stance,
    statement.negated,
    statement.hypothetical,
    statement.channel,
    coalesce(
        (SELECT name FROM entity WHERE report = statement.report AND id = statement.addressee), statement.addressed_words
    ) AS addressee,
    said.start_day AS said_from,
    said.end_day AS said_before,
    statement.within,
    statement.score
FROM statement
JOIN report ON report.number = statement.report
LEFT JOIN interval AS said ON said.report = statement.report AND said.owner = statement.id AND said.part = 'when'
ORDER BY report.number, statement.n;

-- What happened or did not, by day. Read `status` and `told_by` with every line: NULL in told_by is the report itself.
CREATE VIEW timeline_plain AS
SELECT
    happened.start_day AS from_day,
    happened.end_day AS before_day,
    happened.precision,
    happened.inferred AS date_inferred,
    event.status,
    event.certainty,
    event.type,
    (SELECT group_concat(name, '; ') FROM
        (SELECT coalesce(entity.name, participant.words) AS name FROM participant
         LEFT JOIN entity ON entity.report = participant.report AND entity.id = participant.entity
         WHERE participant.report = event.report AND participant.event = event.id AND part = 'actor'
         ORDER BY participant.n)) AS actors,
    event.words AS act,
    (SELECT group_concat(name, '; ') FROM
        (SELECT coalesce(entity.name, participant.words) AS name FROM participant
         LEFT JOIN entity ON entity.report = participant.report AND entity.id = participant.entity
         WHERE participant.report = event.report AND participant.event = event.id AND part = 'recipient'
         ORDER BY participant.n)) AS recipients,
    (SELECT name FROM entity WHERE report = event.report AND id = event.place) AS place,
    CASE WHEN event.statement IS NULL THEN NULL ELSE coalesce(
        (SELECT entity.name FROM statement JOIN entity ON entity.report = statement.report
         AND entity.id = statement.source WHERE statement.report = event.report AND statement.id = event.statement),
        (SELECT words FROM anchor WHERE report = event.report AND owner = event.statement AND part = 'source' LIMIT 1),
        'somebody the report does not name'
    ) END AS told_by,
    event.background,
    (SELECT words FROM sentence WHERE sentence.report = event.report AND sentence.start <= event.start
     ORDER BY sentence.start DESC LIMIT 1) AS sentence,
    report.number AS report,
    report.title,
    report.outlet,
    event.id
FROM event
JOIN report ON report.number = event.report
LEFT JOIN interval AS happened
    ON happened.report = event.report AND happened.owner = event.id AND happened.part = 'when'
ORDER BY happened.start_day IS NULL, happened.start_day, report.number, event.start;

-- On whom the reports rest: each source of each report, with how often it speaks and on what terms.
CREATE VIEW sources_plain AS
SELECT
    report.number AS report,
    report.title,
    report.outlet,
    coalesce(entity.name, statement.source_kind) AS source,
    statement.source_kind,
    entity.kind,
    count(*) AS statements,
    (SELECT group_concat(DISTINCT anchor.words) FROM anchor
     JOIN statement AS other ON other.report = anchor.report AND other.id = anchor.owner
     WHERE anchor.report = statement.report AND other.source IS statement.source AND anchor.part = 'terms') AS terms,
    (SELECT group_concat(DISTINCT anchor.words) FROM anchor
     JOIN statement AS other ON other.report = anchor.report AND other.id = anchor.owner
     WHERE anchor.report = statement.report AND other.source IS statement.source AND anchor.part = 'knowledge')
        AS knowledge,
    statement.source AS id
FROM statement
JOIN report ON report.number = statement.report
LEFT JOIN entity ON entity.report = statement.report AND entity.id = statement.source
GROUP BY statement.report, statement.source, statement.source_kind
ORDER BY report.number, min(statement.n);
