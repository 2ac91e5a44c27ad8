"""The triggers of version 1: what no program, ours included, may do to the catalogue.

`RAISE(ABORT)` undoes the statement. INSERT OR REPLACE does not fire delete triggers, so inserts
over an existing row are refused by triggers of their own. `chain_hash` exists only on our
connections: an insert from any other shell ends in "no such function".
"""


def _never(table: str, verb: str, columns: str = "") -> str:
    of = f" OF {columns}" if columns else ""
    name = f"{table}_no_{verb.lower()}"
    return (
        f"CREATE TRIGGER {name} BEFORE {verb}{of} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: no {verb.lower()}'); END"
    )


def _not_over(table: str, where: str) -> str:
    there = f"SELECT 1 FROM {table} WHERE {where}"  # noqa: S608  # our own words
    return (
        f"CREATE TRIGGER {table}_not_over BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({there}) "
        f"BEGIN SELECT RAISE(ABORT, '{table}: not over an existing row'); END"
    )


def _ours(table: str, *verbs: str) -> tuple[str, ...]:
    """Only a program that knows the chain may do this, as with the log itself."""
    return tuple(
        f"CREATE TRIGGER {table}_{verb.lower()}_is_ours BEFORE {verb} ON {table} "
        "WHEN chain_hash('', 0, '', 0, '', '', '', 0, '', '', '', '', '') IS NULL "
        f"BEGIN SELECT RAISE(ABORT, '{table}: not ours'); END"
        for verb in verbs
    )


_DOCUMENT = (
    """
CREATE TRIGGER document_starts_received BEFORE INSERT ON document
WHEN NEW.state <> 'received'
BEGIN SELECT RAISE(ABORT, 'document: must start as received'); END""",
    """
CREATE TRIGGER document_state_needs_audit BEFORE UPDATE OF state ON document
WHEN NEW.state IS NOT OLD.state AND NOT EXISTS (
    SELECT 1 FROM audit
    WHERE id = (SELECT max(id) FROM audit WHERE subject = 'document' AND subject_id = OLD.id)
      AND from_state = OLD.state AND to_state = NEW.state
)
BEGIN SELECT RAISE(ABORT, 'document: state without audit entry'); END""",
    _not_over("document", "id = NEW.id OR original_sha256 = NEW.original_sha256"),
    _never("document", "DELETE"),
    _never("document", "UPDATE", "id, original_sha256, received_at, registered_by_id"),
)

_AUDIT = (
    _never("audit", "DELETE"),
    _never("audit", "UPDATE"),
    _not_over("audit", "id = NEW.id OR hash = NEW.hash"),
    """
CREATE TRIGGER audit_chained BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
  OR NEW.prev IS NOT coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1),
                              '0000000000000000000000000000000000000000000000000000000000000000')
  OR NEW.hash IS NOT chain_hash(NEW.prev, NEW.id, NEW.at, NEW.officer_id, NEW.officer, NEW.action,
                                NEW.subject, NEW.subject_id, NEW.from_state, NEW.to_state,
                                NEW.sha256, NEW.reason, NEW.detail)
BEGIN SELECT RAISE(ABORT, 'audit: broken chain'); END""",
    """
CREATE TRIGGER audit_from_the_real_state BEFORE INSERT ON audit
WHEN NEW.subject = 'document' AND NEW.to_state <> '' AND NEW.action <> 'register'
 AND NEW.from_state IS NOT (SELECT state FROM document WHERE id = NEW.subject_id)
BEGIN SELECT RAISE(ABORT, 'audit: not the state of the document'); END""",
    # Three people, one set of bytes, in this order, since the last submission; and a package row.
    """
CREATE TRIGGER audit_release_needs_approval BEFORE INSERT ON audit
WHEN NEW.subject = 'document' AND (NEW.action = 'release' OR NEW.to_state = 'released')
 AND NOT EXISTS (
    SELECT 1 FROM audit s
    JOIN audit c ON c.subject = 'document' AND c.subject_id = s.subject_id AND c.id > s.id
     AND c.action = 'clear' AND c.to_state = 'cleared' AND c.sha256 = s.sha256
     AND c.officer_id <> s.officer_id
    JOIN audit a ON a.subject = 'document' AND a.subject_id = s.subject_id AND a.id > c.id
     AND a.action = 'approve' AND a.to_state = 'approved' AND a.sha256 = s.sha256
     AND a.officer_id <> s.officer_id AND a.officer_id <> c.officer_id
    JOIN document d ON d.id = s.subject_id AND d.state = 'approved'
    JOIN revision r ON r.id = d.revision_id AND r.sha256 = s.sha256
    JOIN release_item i ON i.document_id = d.id AND i.revision_id = r.id AND i.sha256 = r.sha256
    WHERE s.subject = 'document' AND s.subject_id = NEW.subject_id AND s.sha256 = NEW.sha256
      AND s.id = (SELECT max(id) FROM audit WHERE subject = 'document'
                  AND subject_id = NEW.subject_id AND action = 'submit')
 )
BEGIN SELECT RAISE(ABORT, 'audit: release without approval by others'); END""",
)

_EVIDENCE = (
    _not_over(
        "revision", "id = NEW.id OR (document_id = NEW.document_id AND ordinal = NEW.ordinal)"
    ),
    _never("revision", "UPDATE"),
    _never("revision", "DELETE"),
    _not_over("scan", "id = NEW.id"),
    _never("scan", "UPDATE"),
    _never("scan", "DELETE"),
    _not_over("finding", "id = NEW.id OR (scan_id = NEW.scan_id AND number = NEW.number)"),
    _never("finding", "DELETE"),
    _never(
        "finding",
        "UPDATE",
        "id, scan_id, document_id, number, rule, family, severity, place, span_start, span_end, "
        "masked, fingerprint, visible, certainty, valid, reason, basis, suggest, whole, "
        "manual",
    ),
    """
CREATE TRIGGER finding_ruling_is_its_own BEFORE UPDATE OF ruling_id ON finding
WHEN NEW.ruling_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ruling WHERE id = NEW.ruling_id AND finding_id = NEW.id AND undoes IS NULL
      AND NOT EXISTS (SELECT 1 FROM ruling u WHERE u.undoes = NEW.ruling_id)
)
BEGIN SELECT RAISE(ABORT, 'finding: not a ruling on it'); END""",
    _not_over("ruling", "id = NEW.id OR undoes = NEW.undoes"),
    _never("ruling", "UPDATE"),
    _never("ruling", "DELETE"),
    _not_over("page_view", "id = NEW.id"),
    _never("page_view", "UPDATE"),
    _never("page_view", "DELETE"),
    _never("officer", "DELETE"),
    _not_over("officer", "id = NEW.id OR name = NEW.name"),
    _never("officer", "UPDATE", "id, name"),
    _never("release", "DELETE"),
    """
CREATE TRIGGER release_once_released_stays BEFORE UPDATE ON release
WHEN OLD.released_at IS NOT NULL OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'release: no update'); END""",
    _not_over("release", "id = NEW.id"),
    _never("release_item", "DELETE"),
    _never("release_item", "UPDATE", "id, release_id, document_id, revision_id, sha256"),
    _not_over("release_item", "id = NEW.id"),
    _never("publication", "UPDATE"),
    _never("publication", "DELETE"),
    *_ours("officer", "INSERT", "UPDATE"),
    *_ours("policy", "INSERT", "UPDATE", "DELETE"),
    *_ours("ruling", "INSERT"),
    *_ours("page_view", "INSERT"),
)

TRIGGERS: tuple[str, ...] = tuple(text.strip() for text in (*_DOCUMENT, *_AUDIT, *_EVIDENCE))
