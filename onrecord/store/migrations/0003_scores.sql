-- How likely an attribution is right, and the words for who it was said to.
ALTER TABLE cue ADD COLUMN score REAL NOT NULL DEFAULT 1.0;
ALTER TABLE statement ADD COLUMN score REAL NOT NULL DEFAULT 1.0;
ALTER TABLE statement ADD COLUMN addressed_start INTEGER;
ALTER TABLE statement ADD COLUMN addressed_end INTEGER;
ALTER TABLE statement ADD COLUMN addressed_words TEXT;
DROP VIEW statements_plain;
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
