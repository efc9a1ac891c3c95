-- Nothing that was said or done is ever changed or removed; an erased person is the one exception.
CREATE TRIGGER answer_stays BEFORE UPDATE ON answer WHEN NOT EXISTS (SELECT 1 FROM erasing)
BEGIN SELECT RAISE(ABORT, 'answers are only ever added'); END;
CREATE TRIGGER answer_is_kept BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'answers are only ever added'); END;
CREATE TRIGGER set_aside_stays BEFORE UPDATE ON set_aside WHEN NOT EXISTS (SELECT 1 FROM erasing)
BEGIN SELECT RAISE(ABORT, 'rows set aside are only ever added'); END;
CREATE TRIGGER set_aside_is_kept BEFORE DELETE ON set_aside
BEGIN SELECT RAISE(ABORT, 'rows set aside are only ever added'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change WHEN NOT EXISTS (SELECT 1 FROM erasing)
BEGIN SELECT RAISE(ABORT, 'changes are only ever added'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'changes are only ever added'); END;
-- A submission's own columns stay; `active` and `status` say whether it is used, `file` where it lies now.
CREATE TRIGGER submission_stays BEFORE UPDATE OF
    id, period, kind, sender, sha256, reader, form_version, accepted, quarantined, duplicate, blank,
    form_id, channel, slot, version_no, content_hash, modified, received_at, reread, late,
    cells_answered, cells_unknown, cells_not_applicable, cells_blank, cells_unreadable, cells_extra,
    cells_set_aside ON submission
BEGIN SELECT RAISE(ABORT, 'submissions are only ever added'); END;
CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'submissions are only ever added'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;
