"""Version 2: state-secret marks that a 保密审查员 let pass, by name, reason and bytes."""

from models.kernel.migrations.step import Step

_TABLE = """
CREATE TABLE admission (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES document(id),
    revision_id INTEGER NOT NULL REFERENCES revision(id),
    sha256 TEXT NOT NULL,
    officer_id INTEGER NOT NULL REFERENCES officer(id),
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    marks TEXT NOT NULL,
    at TEXT NOT NULL
)"""

_INDEX = "CREATE INDEX admission_document ON admission(document_id)"

_NEVER = tuple(
    f"CREATE TRIGGER admission_no_{verb.lower()} BEFORE {verb} ON admission "
    f"BEGIN SELECT RAISE(ABORT, 'admission: no {verb.lower()}'); END"
    for verb in ("UPDATE", "DELETE")
)

_NOT_OVER = (
    "CREATE TRIGGER admission_not_over BEFORE INSERT ON admission "
    "WHEN EXISTS (SELECT 1 FROM admission WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'admission: not over an existing row'); END"
)

# Only a program that knows the chain can have written the entry that this asks for.
_LOGGED = """
CREATE TRIGGER admission_needs_audit BEFORE INSERT ON admission
WHEN NOT EXISTS (
    SELECT 1 FROM audit
    WHERE id = (SELECT max(id) FROM audit) AND action = 'admit' AND subject = 'document'
      AND subject_id = NEW.document_id AND sha256 = NEW.sha256
      AND officer_id = NEW.officer_id AND reason = NEW.reason
)
BEGIN SELECT RAISE(ABORT, 'admission: without audit entry'); END"""

_ROLE = """
CREATE TRIGGER admission_by_secrecy BEFORE INSERT ON admission
WHEN NOT EXISTS (
    SELECT 1 FROM officer
    WHERE id = NEW.officer_id AND active = 1 AND instr(' ' || roles || ' ', ' secrecy ') > 0
)
BEGIN SELECT RAISE(ABORT, 'admission: not by a secrecy reviewer'); END"""

_BYTES = """
CREATE TRIGGER admission_of_these_bytes BEFORE INSERT ON admission
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    WHERE id = NEW.revision_id AND document_id = NEW.document_id AND sha256 = NEW.sha256
)
BEGIN SELECT RAISE(ABORT, 'admission: not of these bytes'); END"""

# Whoever let a mark pass decides nothing more about the document: others must look.
_OTHERS = """
CREATE TRIGGER audit_decider_did_not_admit BEFORE INSERT ON audit
WHEN NEW.subject = 'document' AND NEW.action IN ('submit', 'check', 'clear', 'approve')
 AND EXISTS (SELECT 1 FROM admission WHERE document_id = NEW.subject_id
             AND officer_id = NEW.officer_id)
BEGIN SELECT RAISE(ABORT, 'audit: by the officer who let the mark pass'); END"""

_RELEASE = """
CREATE TRIGGER audit_release_needs_admission BEFORE INSERT ON audit
WHEN NEW.subject = 'document' AND (NEW.action = 'release' OR NEW.to_state = 'released')
 AND (
    EXISTS (
        SELECT 1 FROM finding f JOIN document d ON d.scan_id = f.scan_id
        WHERE d.id = NEW.subject_id AND f.severity = 0 AND NOT EXISTS (
            SELECT 1 FROM admission a JOIN json_each(a.marks) m
            WHERE a.document_id = d.id AND a.sha256 = NEW.sha256
              AND m.value = f.rule || ':' || f.fingerprint
        )
    )
    OR EXISTS (
        SELECT 1 FROM audit s JOIN admission a
          ON a.document_id = s.subject_id AND a.officer_id = s.officer_id
        WHERE s.subject = 'document' AND s.subject_id = NEW.subject_id
          AND s.action IN ('submit', 'check', 'clear', 'approve')
          AND s.id >= (SELECT max(id) FROM audit WHERE subject = 'document'
                       AND subject_id = NEW.subject_id AND action = 'submit')
    )
 )
BEGIN SELECT RAISE(ABORT, 'audit: release of an unadmitted mark'); END"""

STEP = Step(
    "state-secret marks let pass by a secrecy reviewer, bound to the bytes",
    (
        _TABLE.strip(),
        _INDEX,
        *_NEVER,
        _NOT_OVER,
        *(text.strip() for text in (_LOGGED, _ROLE, _BYTES, _OTHERS, _RELEASE)),
    ),
)
