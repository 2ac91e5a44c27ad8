"""Batches: putting documents that are already here into one, or taking them out."""

from collections.abc import Sequence

from models.disclosure import ledger
from models.kernel import audit, base
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.person import Person
from models.kernel.schema import Batch, Document

__all__ = ["put_in_batch"]


def put_in_batch(document_ids: Sequence[int], batch: int | None, officer: Person) -> Changes:
    """Put the documents into the batch; None: they belong to no batch any more.

    A batch changes nothing about a review, so it may be set in any state. One entry a document
    that moved. Raises Refused when the batch or a document does not exist.
    """
    moved, batches = set[int](), set[int]()
    with base.transaction():
        person = ledger.acting(officer)
        if batch is not None and Batch.get_or_none(Batch.id == batch) is None:
            raise Refused(f"没有 {batch} 号批次。请在列表里重新选择。")
        for number in dict.fromkeys(document_ids):
            row = ledger.document_row(number)
            if row.batch_id == batch:
                continue
            Document.update(batch_id=batch, updated_at=base.to_text(base.now())).where(
                Document.id == number
            ).execute()
            audit.write(
                person, "put-in-batch", "document", number,
                detail={"from": row.batch_id, "to": batch},
            )  # fmt: skip
            moved.add(number)
            batches |= {one for one in (row.batch_id, batch) if one is not None}
    return Changes(documents=frozenset(moved), batches=frozenset(batches))
