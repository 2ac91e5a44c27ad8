"""Rulings and hand-made marks that hold for a later scan of the same document."""

from models.kernel import base
from models.kernel.schema import Finding, RulingRow


def carry(document_id: int, old_scan: int, new_scan: int, *, same: bool) -> None:
    """Give the findings of `new_scan` the rulings that already answer them.

    KEEP and NOT_ONE hold for the same rule and text wherever this document has it, unless it was
    to be hidden elsewhere in the old scan: what the knife left must be asked again. The rulings
    that hide hold only where the bytes are the `same` and the place is too. Each is a row of its
    own that says where it came from. On the same bytes the marks made by hand stay.
    """
    if same:
        _copy_marks(old_scan, new_scan)
    act = next_act()
    now = base.to_text(base.now())
    for finding_id, ruling, officer_id, reason, source in _answers(
        document_id, old_scan, new_scan, same=same
    ):
        row = RulingRow.insert(
            finding_id=finding_id, act=act, ruling=ruling, officer_id=officer_id, reason=reason,
            at=now, carried_from=source,
        ).execute()  # fmt: skip
        Finding.update(ruling_id=row).where(Finding.id == finding_id).execute()


def next_act() -> int:
    """A number for the rulings that are made, and undone, together."""
    return int(base.fetch("SELECT coalesce(max(act), 0) + 1 FROM ruling")[0][0])


def _answers(
    document_id: int, old_scan: int, new_scan: int, *, same: bool
) -> list[tuple[int, str, int, str, int]]:
    found: list[tuple[int, str, int, str, int]] = []
    done: set[int] = set()
    if same:
        exact = base.fetch(
            "SELECT n.id, r.ruling, r.officer_id, r.reason, r.id FROM finding n "
            "JOIN finding o ON o.scan_id = ? AND o.rule = n.rule AND o.fingerprint = n.fingerprint "
            "AND o.place = n.place AND o.span_start = n.span_start AND o.span_end = n.span_end "
            "JOIN ruling r ON r.id = o.ruling_id WHERE n.scan_id = ? ORDER BY n.id",
            (old_scan, new_scan),
        )
        for row in exact:
            if row[0] not in done:
                done.add(row[0])
                found.append(row)
    spoken = base.fetch(
        "SELECT n.id, r.ruling, r.officer_id, r.reason, max(r.id) FROM finding n "
        "JOIN finding o ON o.rule = n.rule AND o.fingerprint = n.fingerprint "
        "AND o.document_id = ? AND o.scan_id <> n.scan_id "
        "JOIN ruling r ON r.id = o.ruling_id AND r.ruling IN ('keep', 'not-one') "
        "WHERE n.scan_id = ? AND NOT EXISTS (SELECT 1 FROM finding h JOIN ruling hr "
        "ON hr.id = h.ruling_id AND hr.ruling IN ('redact', 'mask') WHERE h.scan_id = ? "
        "AND h.rule = n.rule AND h.fingerprint = n.fingerprint) GROUP BY n.id ORDER BY n.id",
        (document_id, new_scan, old_scan),
    )
    return found + [row for row in spoken if row[0] not in done]


def _copy_marks(old_scan: int, new_scan: int) -> None:
    """What an officer marked by hand is not found again by any rule."""
    base.execute(
        """
        INSERT INTO finding (scan_id, document_id, number, rule, family, severity, place,
            span_start, span_end, masked, fingerprint, visible, certainty, valid, reason, basis,
            suggest, whole, manual)
        SELECT ?, document_id,
            (SELECT coalesce(max(number), 0) FROM finding WHERE scan_id = ?)
                + row_number() OVER (ORDER BY number),
            rule, family, severity, place, span_start, span_end, masked, fingerprint, visible,
            certainty, valid, reason, basis, suggest, whole, manual
        FROM finding WHERE scan_id = ? AND manual = 1
        """,
        (new_scan, new_scan, old_scan),
    )
