"""Rulings: append only, taken back act by act, carried to everything alike."""

from collections.abc import Callable

import pytest

from detection.finding import Finding, Severity
from formats.reading import Mark, Part, Place
from models import queries
from models.disclosure import documents, findings, review
from models.disclosure.case import Action
from models.disclosure.places import masked, place_from, place_text
from models.disclosure.rulings import Ruling
from models.kernel import base
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests import office
from tests.office import People


def said(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return "\n".join(refused.value.reasons)


def three() -> list[Finding]:
    """A number, the same number elsewhere, and something a reader does not see."""
    second = Place(Part.CELL, sheet="名单", cell="B3", row=3, column=2)
    return [
        office.make_finding(),
        office.make_finding(place=second, suggest=""),
        office.make_finding("作者", rule="hidden-property", visible=False, severity=Severity.ASK),
    ]


@pytest.fixture
def number(home: Home, who: People) -> int:
    return office.register_text(home, who.drafter, "名单", three())


def rulings(number: int) -> list[Ruling | None]:
    return [row.ruling for row in queries.findings_of(number)]


def test_a_ruling_counts_at_once(number: int, who: People) -> None:
    first, second, third = (row.id for row in queries.findings_of(number))
    changes = findings.rule_on([first, second], Ruling.MASK, who.drafter)
    assert changes.documents == {number}
    assert rulings(number) == [Ruling.MASK, Ruling.MASK, None]
    row = queries.document_rows([number])[0]
    assert (row.open_findings, row.severity) == (1, Severity.ASK)
    findings.rule_on([third], Ruling.KEEP, who.drafter)
    row = queries.document_rows([number])[0]
    assert (row.open_findings, row.severity, row.next_step) == (0, None, "生成公开件")
    found = queries.findings_of(number)[0]
    assert (found.ruled_by, found.carried, found.manual) == ("覃小满", False, False)
    assert found.ruled_at is not None


def test_one_entry_for_each_act_and_document(home: Home, number: int, who: People) -> None:
    other = office.register_text(home, who.drafter, "另一份", three())
    before = base.fetch("SELECT count(*) FROM audit")[0][0]
    every = [row.id for d in (number, other) for row in queries.findings_of(d)]
    findings.rule_on(every + every, Ruling.REDACT, who.drafter)
    assert base.fetch("SELECT count(*) FROM audit")[0][0] == before + 2
    assert base.fetch("SELECT count(*) FROM ruling") == [(6,)]


def test_the_newest_ruling_counts_and_the_past_stays(number: int, who: People) -> None:
    first = queries.findings_of(number)[0].id
    findings.rule_on([first], Ruling.REDACT, who.drafter)
    findings.rule_on([first], Ruling.KEEP, who.head, "负责人办公号码")
    assert rulings(number)[0] is Ruling.KEEP
    assert base.fetch("SELECT count(*) FROM ruling") == [(2,)]


def test_nothing_to_rule_on(who: People) -> None:
    assert not findings.rule_on([], Ruling.REDACT, who.drafter)
    assert "没有编号为 99" in said(lambda: findings.rule_on([99], Ruling.REDACT, who.drafter))


def test_what_must_be_explained(number: int, who: People) -> None:
    first, _, third = (row.id for row in queries.findings_of(number))
    assert "保留要写理由" in said(lambda: findings.rule_on([first], Ruling.KEEP, who.drafter, " "))
    assert "“不是”要写理由" in said(lambda: findings.rule_on([third], Ruling.NOT_ONE, who.drafter))
    findings.rule_on([third], Ruling.KEEP, who.drafter)


def test_a_finding_of_an_old_scan_is_past(home: Home, number: int, who: People) -> None:
    old = queries.findings_of(number)[0].id
    documents.add_scan(number, office.make_report("名单".encode(), three()), who.drafter)
    assert "已经重新检查过" in said(lambda: findings.rule_on([old], Ruling.REDACT, who.drafter))


def test_no_rulings_while_others_review(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "x", [office.make_finding()])
    first = queries.findings_of(number)[0].id
    findings.rule_on([first], Ruling.KEEP, who.drafter, "公开的号码")
    office.clean_text(home, who.drafter, number, "x", [office.make_finding()])
    (row,) = queries.findings_of(number)
    review.perform(number, Action.SUBMIT, who.drafter)
    assert "才能改处理意见" in said(lambda: findings.rule_on([row.id], Ruling.MASK, who.drafter))
    assert "才能改处理意见" in said(lambda: findings.undo(number, who.drafter))
    place = Place(Part.BODY)
    assert "才能加标记" in said(lambda: findings.add_mark(number, place, (0, 1), "x", who.drafter))


def test_undo_takes_back_the_last_act(number: int, who: People) -> None:
    first, second, third = (row.id for row in queries.findings_of(number))
    findings.rule_on([first], Ruling.REDACT, who.drafter)
    findings.rule_on([first, second], Ruling.MASK, who.drafter)
    findings.rule_on([third], Ruling.KEEP, who.head)
    findings.undo(number, who.drafter)
    assert rulings(number) == [Ruling.REDACT, None, Ruling.KEEP]
    findings.undo(number, who.drafter)
    assert rulings(number) == [None, None, Ruling.KEEP]
    assert "没有可以撤销" in said(lambda: findings.undo(number, who.drafter))
    assert queries.document(number).open_findings == 2


def test_undo_reaches_as_far_as_the_act(home: Home, who: People) -> None:
    batch, _ = documents.open_batch("批次", who.drafter)
    one = office.register_text(home, who.drafter, "甲", three(), batch=batch)
    two = office.register_text(home, who.drafter, "乙", three(), batch=batch)
    same = findings.alike(queries.findings_of(one)[0].id)
    assert len(same) == 4
    changes = findings.rule_on(same, Ruling.REDACT, who.drafter)
    assert changes.documents == {one, two}
    assert changes.batches == {batch}
    assert findings.undo(two, who.drafter).documents == {one, two}
    assert rulings(one) == rulings(two) == [None, None, None]


def test_alike_stays_in_the_document_without_a_batch(home: Home, number: int, who: People) -> None:
    office.register_text(home, who.drafter, "乙", three())
    first, second, third = (row.id for row in queries.findings_of(number))
    assert findings.alike(first) == [first, second]
    assert findings.alike(third) == [third]


def test_marks_for_the_knife(number: int, who: People) -> None:
    first, second, third = queries.findings_of(number)
    findings.rule_on([first.id, third.id], Ruling.MASK, who.drafter)
    findings.rule_on([second.id], Ruling.REDACT, who.drafter)
    assert findings.marks(number) == [
        Mark(first.place, (0, 18), "500199********1234"),
        Mark(second.place, (0, 18), "***"),
    ]
    findings.rule_on([second.id], Ruling.MASK, who.drafter)
    assert findings.marks(number)[1].replacement == "***"


def test_a_mark_of_ones_own(number: int, who: People) -> None:
    place = Place(Part.BODY, paragraph=4)
    finding, changes = findings.add_mark(number, place, (2, 6), "老屋三号", who.drafter)
    assert changes.documents == {number}
    row = queries.findings_of(number)[-1]
    assert (row.id, row.number, row.manual, row.masked) == (finding, 4, True, "****")
    assert row.ruling is Ruling.REDACT
    assert findings.marks(number) == [Mark(place, (2, 6), "***")]
    findings.undo(number, who.drafter)
    assert rulings(number)[-1] is None
    assert queries.finding_numbers(number)["f4"] == finding


@pytest.mark.parametrize(
    ("span", "text"), [((0, 0), "x"), ((3, 1), "x"), ((-1, 2), "x"), ((0, 2), "")]
)
def test_an_empty_selection_is_no_mark(
    number: int, who: People, span: tuple[int, int], text: str
) -> None:
    assert "没有选中文字" in said(
        lambda: findings.add_mark(number, Place(Part.BODY), span, text, who.drafter)
    )


def test_fingerprints_need_the_key(home: Home, number: int) -> None:
    one, same, other = (
        row[0] for row in base.fetch("SELECT fingerprint FROM finding ORDER BY number")
    )
    assert one == same != other
    home.key.write_bytes(b"k" * 32)
    from models.disclosure.fingerprints import fingerprint

    assert fingerprint("500199199001011234") != one
    assert fingerprint("５００１９９ 199001011234") == fingerprint("500199199001011234")


@pytest.mark.parametrize(
    "place",
    [
        Place(Part.BODY),
        Place(Part.CELL, member="内/表.xlsx", sheet="名单", cell="B3", row=3, column=2),
        Place(Part.BODY, page=2, paragraph=1, box=(1.5, 2.0, 3.25, 4.0)),
    ],
)
def test_a_place_survives_the_catalogue(place: Place) -> None:
    text = place_text(place)
    assert place_from(text) == place
    assert "\\u" not in text
    assert "null" not in text


def test_masked_excerpts() -> None:
    assert masked("覃小满") == "***"
    assert masked("老屋门牌三号") == "老****号"
    assert masked("50019919900101") == "50**********01"
    assert len(masked("长" * 500)) == 64


def test_labels() -> None:
    assert [ruling.label for ruling in Ruling] == ["删除", "遮盖", "保留", "不是"]
    assert [ruling.hides for ruling in Ruling] == [True, True, False, False]


def test_a_cell_of_which_all_is_removed_is_left_empty(home: Home, who: People) -> None:
    """Stars stay only where a reader would miss what was taken out of a sentence."""
    cell = Place(Part.CELL, sheet="名单", cell="B3")
    prose = Place(Part.BODY, paragraph=1)
    number = office.register_text(
        home,
        who.drafter,
        "名单",
        [
            office.make_finding("李一", place=cell, whole=True),
            office.make_finding("李二", place=cell._replace(cell="B4")),
            office.make_finding("李三", place=prose, whole=True),
        ],
    )
    ids = [row.id for row in queries.findings_of(number)]
    findings.rule_on(ids, Ruling.REDACT, who.drafter)
    assert [mark.replacement for mark in findings.marks(number)] == ["", "***", "***"]
    findings.rule_on(ids, Ruling.MASK, who.drafter)
    assert {mark.replacement for mark in findings.marks(number)} == {"500199********1234"}
