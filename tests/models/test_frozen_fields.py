"""Catalogue fields are approved with the bytes: they stay as they are until the release."""

from functools import partial
from typing import Any

import pytest

from models import queries
from models.disclosure import documents, releases, review
from models.disclosure.case import Action
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests import office
from tests.office import People


def said(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return "\n".join(refused.value.reasons)


def test_what_was_approved_is_not_edited(home: Home, who: People) -> None:
    """Nothing of the catalogue that goes into the package, and not during the review either."""
    number = office.approved_text(home, who, "通知")
    for fields in ({"title": "别的"}, {"column": "栏目"}, {"validity": "失效"}):
        edit = partial(documents.edit, number, fields, who.drafter)
        assert "才能改目录信息" in said(edit)
    documents.edit(number, {"remark": "等上传"}, who.drafter)
    assert queries.document(number).fields["remark"] == "等上传"
    handed_in = office.register_text(home, who.drafter, "另一份")
    office.clean_text(home, who.drafter, handed_in, "另一份")
    review.perform(handed_in, Action.SUBMIT, who.drafter)
    assert said(lambda: documents.edit(handed_in, {"column": "栏目"}, who.drafter))


def test_what_the_website_gave_is_entered_after_the_release(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "通知")
    releases.release(home, [number], partial(office.build_plain, home), who.publisher)
    documents.edit(number, {"index_number": "A-1", "column": "公示公告"}, who.publisher)
    assert queries.document(number).fields["column"] == "公示公告"
    assert said(lambda: documents.edit(number, {"title": "别的"}, who.publisher))


@pytest.mark.parametrize("text", ["通知\u202e", "通\x01知", "通\x00知", "通\n知"])
def test_what_no_reader_sees_is_not_in_the_catalogue(home: Home, who: People, text: str) -> None:
    number = office.register_text(home, who.drafter, "x", title=text)
    assert queries.document(number).title.isprintable()
    documents.edit(number, {"title": text, "summary": f"一{text}"}, who.drafter)
    assert queries.document(number).title.isprintable()
    assert "\x00" not in queries.document(number).fields["summary"]
