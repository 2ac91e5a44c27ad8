"""Several lists together: told by fingerprints, warned of, written beside the step."""

import json

from detection.pieces import MASKED_ORDER, ORDER
from detection.report import Piece
from models import queries
from models.disclosure import aggregation, documents, review
from models.disclosure.batches import put_in_batch
from models.disclosure.case import Action
from models.kernel import base
from models.kernel.home import Home
from tests import office
from tests.office import People

QIN, SHI = "覃小满", "石大有"


def released(home: Home, who: People, text: str, *pieces: Piece) -> int:
    """A list that stands before the public."""
    number = on_desk(home, who, text, *pieces)
    office.approve(number, who)
    return number


def on_desk(home: Home, who: People, text: str, *pieces: Piece) -> int:
    """A list with its clean copy, ready to be handed in."""
    number = office.register_text(home, who.drafter, text)
    content = f"{text}。".encode()
    documents.add_revision(
        number,
        office.keep(home, content),
        office.make_report(content, pieces=pieces),
        name="名单.txt",
        origin=documents.Origin.CLEAN,
        officer=who.drafter,
    )
    return number


def test_the_second_list_names_the_first_and_what_it_adds(home: Home, who: People) -> None:
    first = released(
        home, who, "残疾人补贴名单",
        Piece(QIN, "双碾坝村", ("健康或残疾情况", "出生日期或年龄")), Piece(SHI, "", ("金额",)),
    )  # fmt: skip
    second = on_desk(
        home, who, "危房改造名单", Piece(QIN, "双碾坝村", ("金额",)), Piece(SHI, "", ("金额",))
    )
    (found,) = aggregation.linked(second)
    assert (found.document_id, found.persons) == (first, 1)
    assert found.more == ("健康或残疾情况", "出生日期或年龄")
    (said,) = aggregation.warnings(second)
    assert "残疾人补贴名单" in said
    assert "1 个人" in said
    assert QIN not in said
    review.perform(second, Action.SUBMIT, who.drafter)
    entry = queries.audit_rows(queries.audit_ids("document", second))[0]
    assert json.loads(entry.detail) == {"together": [first]}


def test_who_lives_in_another_village_is_another_person(home: Home, who: People) -> None:
    released(home, who, "甲名单", Piece(QIN, "双碾坝村", ("健康或残疾情况",)))
    second = on_desk(home, who, "乙名单", Piece(QIN, "青石村", ("金额",)))
    assert aggregation.linked(second) == ()


def test_lists_of_the_same_kind_and_lists_at_home_say_nothing(home: Home, who: People) -> None:
    released(home, who, "一季度", Piece(QIN, "", ("金额",)))
    on_desk(home, who, "还没有送审的", Piece(QIN, "", ("健康或残疾情况",)))
    second = on_desk(home, who, "二季度", Piece(QIN, "", ("金额",)))
    assert aggregation.warnings(second) == ()


def test_no_name_stands_in_the_catalogue(home: Home, who: People) -> None:
    released(home, who, "名单", Piece(QIN, "双碾坝村", ("金额",)))
    rows = base.fetch("SELECT person, village, kinds FROM piece")
    assert rows
    assert not any(QIN in str(row) or "双碾坝" in str(row) for row in rows)


WHOLE, MASKED = (
    Piece("名单的顺序:覃、石", "", (ORDER,)),
    Piece("名单的顺序:覃、石", "", (MASKED_ORDER,)),
)


def batch(who: People, *numbers: int) -> None:
    opened, _ = documents.open_batch("三月名单", who.drafter)
    put_in_batch(numbers, opened, who.drafter)


def test_a_masked_list_and_a_whole_one_of_its_order_in_one_batch(home: Home, who: People) -> None:
    whole = on_desk(home, who, "发放名单", WHOLE, Piece(QIN, "", ("金额",)))
    masked = on_desk(home, who, "残疾名单", MASKED)
    assert aggregation.warnings(masked) == aggregation.warnings(whole) == ()
    batch(who, whole, masked)
    (one,), (other,) = aggregation.ordered(masked), aggregation.ordered(whole)
    assert (one.document_id, one.masked) == (whole, True)
    assert (other.document_id, other.masked) == (masked, False)
    (said,) = aggregation.warnings(masked)
    assert "发放名单" in said
    assert "那一份的姓名没有遮盖" in said
    review.perform(masked, Action.SUBMIT, who.drafter)
    entry = queries.audit_rows(queries.audit_ids("document", masked))[0]
    assert json.loads(entry.detail) == {"together": [whole]}


def test_a_masked_list_and_a_public_one_of_its_order(home: Home, who: People) -> None:
    public = released(home, who, "发放名单", WHOLE)
    masked = on_desk(home, who, "残疾名单", MASKED)
    other = on_desk(home, who, "又一份", Piece("名单的顺序:石、覃", "", (MASKED_ORDER,)))
    assert [one.document_id for one in aggregation.ordered(masked)] == [public]
    assert aggregation.ordered(other) == ()


def test_what_is_discarded_gives_nothing_away(home: Home, who: People) -> None:
    whole = on_desk(home, who, "发放名单", WHOLE)
    masked = on_desk(home, who, "残疾名单", MASKED)
    batch(who, whole, masked)
    review.perform(whole, Action.DISCARD, who.drafter, reason="放错了")
    assert aggregation.ordered(masked) == ()
