-- What an office said, version by version: nothing that was said is ever changed or removed.
-- `slot` is '' for a whole workbook, else the tables one file brings ('mitra+usulan').
-- A version is one content of a sender's slot; several files, or several readings of one, may hold it.
ALTER TABLE submission ADD COLUMN form_id TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN channel TEXT NOT NULL DEFAULT 'workbook';
ALTER TABLE submission ADD COLUMN slot TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN version_no INTEGER NOT NULL DEFAULT 1;
ALTER TABLE submission ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN modified TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN received_at TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN reread INTEGER NOT NULL DEFAULT 0 CHECK (reread IN (0, 1));
ALTER TABLE submission ADD COLUMN late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1));
ALTER TABLE submission ADD COLUMN status TEXT NOT NULL DEFAULT '' CHECK (status IN ('', 'terlambat', 'ditarik'));
ALTER TABLE submission ADD COLUMN cells_answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN cells_unknown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN cells_not_applicable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN cells_blank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN cells_unreadable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN cells_extra INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN cells_set_aside INTEGER NOT NULL DEFAULT 0;

DROP INDEX one_active;
CREATE UNIQUE INDEX one_active ON submission (period, kind, sender, slot) WHERE active = 1;
CREATE INDEX submission_file ON submission (period, sha256);
CREATE INDEX problem_submission ON problem (submission_id);

-- What a version changed against the version before it, field by field.
CREATE TABLE change (
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    position      INTEGER NOT NULL,
    what          TEXT NOT NULL CHECK (what IN ('row_added', 'row_removed', 'changed')),
    table_name    TEXT NOT NULL,
    row_key       TEXT NOT NULL,
    field         TEXT NOT NULL,
    before        TEXT,
    after         TEXT,
    before_place  TEXT NOT NULL,
    after_place   TEXT NOT NULL,
    PRIMARY KEY (submission_id, position)
) STRICT, WITHOUT ROWID;

-- Files that could not be used, each once.
CREATE TABLE refusal (
    period  TEXT NOT NULL,
    file    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    code    TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (period, file, sha256, code)
) STRICT, WITHOUT ROWID;

-- Periods that take no more answers.
CREATE TABLE closed_period (
    period    TEXT PRIMARY KEY,
    closed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every questionnaire a file of this region was answered with.
CREATE TABLE form (
    form_id TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    json    TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (form_id, version, sha256)
) STRICT, WITHOUT ROWID;

-- What was done, by whom, when; each entry seals the one before it.
CREATE TABLE audit (
    seq           INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,
    actor         TEXT NOT NULL,
    action        TEXT NOT NULL,
    period        TEXT NOT NULL,
    object        TEXT NOT NULL,
    before        TEXT NOT NULL,
    after         TEXT NOT NULL,
    toolkit       TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL UNIQUE
) STRICT;

-- While a person is being erased this table holds one row, and only then may answers change.
CREATE TABLE erasing (permit INTEGER PRIMARY KEY CHECK (permit = 1)) STRICT;

-- The sentence of a file that is gone now names its sender.
UPDATE problem SET facts = json_object('sender', coalesce((SELECT s.sender FROM submission s
    WHERE s.period = problem.period AND s.file = problem.file AND s.active = 1), '-'))
WHERE code = 'file.gone';
