-- What was said, by whom, from which cell. Submissions are only ever added; the newest of a sender is active.
CREATE TABLE submission (
    id           INTEGER PRIMARY KEY,
    period       TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('opd', 'tkksd', 'naskah')),
    sender       TEXT NOT NULL,
    file         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    reader       TEXT NOT NULL,
    form_version TEXT NOT NULL,
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),
    accepted     INTEGER NOT NULL,
    quarantined  INTEGER NOT NULL,
    duplicate    INTEGER NOT NULL,
    blank        INTEGER NOT NULL,
    UNIQUE (period, kind, sender, sha256, reader)
) STRICT;

CREATE UNIQUE INDEX one_active ON submission (period, kind, sender) WHERE active = 1;

CREATE TABLE answer (
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    position      INTEGER NOT NULL,
    table_name    TEXT NOT NULL,
    row_key       TEXT NOT NULL,
    field         TEXT NOT NULL,
    raw           TEXT NOT NULL,
    value         TEXT,
    state         TEXT NOT NULL CHECK (state IN ('', 'kosong', 'TT', 'TB', 'tak_terbaca')),
    sheet         TEXT NOT NULL,
    cell          TEXT NOT NULL,
    PRIMARY KEY (submission_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside (
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    position      INTEGER NOT NULL,
    table_name    TEXT NOT NULL,
    fate          TEXT NOT NULL CHECK (fate IN ('quarantined', 'duplicate')),
    code          TEXT NOT NULL,
    sheet         TEXT NOT NULL,
    row_number    INTEGER NOT NULL,
    cells         TEXT NOT NULL,
    PRIMARY KEY (submission_id, position)
) STRICT, WITHOUT ROWID;

-- Problems of a submission, and (submission_id NULL) of the period as a whole: refused files, silent offices.
CREATE TABLE problem (
    id            INTEGER PRIMARY KEY,
    submission_id INTEGER REFERENCES submission (id),
    period        TEXT NOT NULL,
    code          TEXT NOT NULL,
    severity      TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    file          TEXT NOT NULL,
    sheet         TEXT NOT NULL,
    cell          TEXT NOT NULL,
    facts         TEXT NOT NULL
) STRICT;
