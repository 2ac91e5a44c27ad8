"""What was decided before on the same text under the same rule: proposed, never applied alone."""

from datetime import datetime
from typing import NamedTuple

from detection.finding import Severity
from models.disclosure.rulings import Ruling
from models.kernel import base


class Precedent(NamedTuple):
    """The newest decision on the same text in another document: KEEP or NOT_ONE, and why."""

    finding_id: int
    ruling: Ruling
    officer: str
    at: datetime
    reason: str
    document_id: int
    title: str

    @property
    def adopted(self) -> str:
        """The reason that is written when an officer adopts it: where it comes from, and why."""
        return f"沿用《{self.title}》中{self.officer}的意见：{self.reason}"


def precedents(document_id: int) -> dict[int, Precedent]:
    """By the id of each finding of the current scan that nobody has ruled on yet.

    Texts are told by their keyed fingerprints. Where the newest decision was to hide the text, or
    the finding is a state-secret mark, nothing is proposed.
    """
    newest = base.fetch(
        "SELECT f.id, max(r.id) FROM document d "
        "JOIN finding f ON f.scan_id = d.scan_id AND f.ruling_id IS NULL AND f.severity <> ? "
        "JOIN finding p ON p.rule = f.rule AND p.fingerprint = f.fingerprint "
        "AND p.document_id <> f.document_id "
        "JOIN ruling r ON r.id = p.ruling_id AND r.carried_from IS NULL "
        "WHERE d.id = ? GROUP BY f.id",
        (Severity.STOP.rank, document_id),
    )
    found = {}
    for finding_id, ruling_id in newest:
        row = base.fetch(
            "SELECT r.ruling, o.name, r.at, r.reason, d.id, d.title FROM ruling r "
            "JOIN officer o ON o.id = r.officer_id JOIN finding f ON f.id = r.finding_id "
            "JOIN document d ON d.id = f.document_id WHERE r.id = ?",
            (ruling_id,),
        )[0]
        ruling = Ruling(row[0])
        if not ruling.hides and row[3]:
            found[finding_id] = Precedent(
                finding_id, ruling, row[1], base.from_text(row[2]), row[3], row[4], row[5]
            )
    return found
