"""Read-only questions of the screens and the command line; the answers are NamedTuples.

Nothing here writes or opens a transaction; every question raises Unavailable when the catalogue
cannot be read.
"""

from models.queries.details import (
    document,
    finding_numbers,
    findings_of,
    findings_of_revision,
    handled_of,
    last_reason,
    pages_seen,
    publications,
    revisions_of,
    steps_of,
)
from models.queries.documents import SORT_KEYS, document_ids, document_rows, next_step
from models.queries.registers import (
    audit_ids,
    audit_rows,
    batch_ids,
    batches,
    counts,
    release_documents,
    releases,
    stored_hashes,
)
from models.queries.rows import (
    AuditRow,
    BatchRow,
    Counts,
    DocumentDetail,
    DocumentFilter,
    DocumentRow,
    FindingRow,
    HandledRow,
    PublicationRow,
    ReleaseRow,
    RevisionRow,
    ScanRow,
    Sort,
    StepRow,
)

__all__ = [
    "SORT_KEYS",
    "AuditRow",
    "BatchRow",
    "Counts",
    "DocumentDetail",
    "DocumentFilter",
    "DocumentRow",
    "FindingRow",
    "HandledRow",
    "PublicationRow",
    "ReleaseRow",
    "RevisionRow",
    "ScanRow",
    "Sort",
    "StepRow",
    "audit_ids",
    "audit_rows",
    "batch_ids",
    "batches",
    "counts",
    "document",
    "document_ids",
    "document_rows",
    "finding_numbers",
    "findings_of",
    "findings_of_revision",
    "handled_of",
    "last_reason",
    "next_step",
    "pages_seen",
    "publications",
    "release_documents",
    "releases",
    "revisions_of",
    "steps_of",
    "stored_hashes",
]  # fmt: skip
