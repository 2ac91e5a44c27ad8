"""Documents that are already here go into a batch, and out of it."""

import pytest

from models import queries
from models.disclosure import batches, documents
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.queries.rows import DocumentFilter
from tests.office import People, register_text


def test_documents_go_into_a_batch_and_out_with_an_entry_each(who: People, home: Home) -> None:
    one = register_text(home, who.drafter, "关于清理沟渠的通知")
    two = register_text(home, who.drafter, "关于夏季值班的通知")
    batch, _ = documents.open_batch("七月", who.drafter)
    changes = batches.put_in_batch([one, two, one], batch, who.drafter)
    assert changes.documents == {one, two}
    assert changes.batches == {batch}
    assert set(queries.document_ids(DocumentFilter(batch=batch))) == {one, two}
    assert not batches.put_in_batch([one], batch, who.drafter).documents, "it is there already"
    assert batches.put_in_batch([one], None, who.drafter).batches == {batch}
    assert list(queries.document_ids(DocumentFilter(batch=batch))) == [two]
    entries = [r for r in queries.audit_rows(queries.audit_ids()) if r.action == "put-in-batch"]
    assert sorted(r.subject_id or 0 for r in entries) == sorted([one, one, two])


def test_a_batch_that_is_not_there_is_refused_and_nothing_moves(who: People, home: Home) -> None:
    one = register_text(home, who.drafter, "关于清理沟渠的通知")
    with pytest.raises(Refused) as refused:
        batches.put_in_batch([one], 77, who.drafter)
    assert "没有 77 号批次" in refused.value.reasons[0]
    assert queries.document(one).batch is None
