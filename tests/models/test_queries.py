"""The questions of the screens: filters, order, indexes, words."""

from datetime import date, timedelta
from functools import partial

import pytest

from detection.finding import Family, Severity
from detection.report import Status
from formats.reading import Kind
from models import queries
from models.disclosure import findings, releases, review
from models.disclosure.case import Action, State
from models.disclosure.rulings import Ruling
from models.kernel import base
from models.kernel.errors import Unavailable
from models.kernel.home import Home
from models.queries import DocumentFilter, Sort, documents
from tests import office
from tests.office import People


@pytest.fixture
def five(home: Home, who: People) -> list[int]:
    """Two plain ones, a workbook to hide in, one discarded, one unreadable."""
    made = [
        office.register_text(home, who.drafter, "甲通知"),
        office.register_text(home, who.drafter, "乙通知", [office.make_finding()]),
        office.register_text(
            home, who.drafter, "丙名单", [office.make_finding(severity=Severity.ASK)],
            kind=Kind.XLSX,
        ),
        office.register_text(home, who.drafter, "丁废件"),
        office.register_text(home, who.drafter, "戊坏件", status=Status.UNREADABLE),
    ]  # fmt: skip
    review.perform(made[3], Action.DISCARD, who.drafter)
    return made


def ask(sort: Sort | None = None, **wanted: object) -> list[int]:
    return list(queries.document_ids(DocumentFilter(**wanted), sort))  # type: ignore[arg-type]


def test_filters(five: list[int]) -> None:
    first, second, third, fourth, fifth = five
    newest = [fifth, third, second, first]
    assert ask() == newest
    assert ask(trash=True) == [fourth]
    assert ask(states=frozenset({State.RECEIVED, State.DISCARDED})) == [fifth, fourth, *newest[1:]]
    assert ask(attribute="不予公开") == []
    assert ask(attribute="主动公开") == newest
    assert ask(kind=Kind.XLSX) == [third]
    assert ask(severity=Severity.HIDE) == [second]
    assert ask(severity=Severity.NOTE) == []
    today = base.now().date()
    assert ask(received_from=today, received_to=today) == newest
    assert ask(received_from=today + timedelta(days=1)) == []
    assert ask(received_to=today - timedelta(days=1)) == []
    assert ask(text="通知", severity=Severity.HIDE) == [second]


@pytest.mark.parametrize("key", queries.SORT_KEYS)
def test_every_order_both_ways(five: list[int], key: str) -> None:
    down = ask(Sort(key, descending=True))
    assert ask(Sort(key, descending=False)) == down[::-1]
    assert sorted(down) == sorted(set(five) - {five[3]})


def test_an_unknown_order_is_a_mistake_of_ours(five: list[int]) -> None:
    with pytest.raises(KeyError):
        ask(Sort("title; DROP TABLE document"))


@pytest.mark.parametrize("key", [k for k in queries.SORT_KEYS if k not in ("id",)])
def test_every_order_has_its_index(five: list[int], key: str) -> None:
    column = {"batch": "batch_id"}.get(key, key)
    plan = base.fetch(
        f"EXPLAIN QUERY PLAN SELECT id FROM document WHERE state <> 'discarded' "
        f"ORDER BY {column} DESC, id DESC"
    )
    words = " ".join(row[3] for row in plan)
    assert "USING COVERING INDEX" in words
    assert "TEMP B-TREE FOR ORDER BY" not in words


def test_rows_come_as_they_were_asked_for(five: list[int]) -> None:
    rows = queries.document_rows([five[2], 99, five[0]])
    assert [row.id for row in rows] == [five[2], five[0]]
    assert rows[0].kind is Kind.XLSX
    assert rows[0].severity is Severity.ASK
    assert rows[1].severity is None
    assert rows[1].received_at.tzinfo is not None
    assert queries.document_rows([]) == []


def test_what_to_do_next(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "通知", [office.make_finding()])

    def next_step() -> str:
        row = queries.document_rows([number])[0]
        assert row.next_step == queries.document(number).next_step
        return row.next_step

    assert next_step() == "处理 1 处发现"
    findings.rule_on([queries.findings_of(number)[0].id], Ruling.MASK, who.drafter)
    assert next_step() == "生成公开件"
    office.clean_text(home, who.drafter, number, "***")
    assert next_step() == "送审"
    for action, by, words in (
        (Action.SUBMIT, who.drafter, "等科室负责人审核"),
        (Action.CHECK, who.head, "等保密审查"),
        (Action.CLEAR, who.secrecy, "等分管领导审批"),
        (Action.APPROVE, who.leader, "生成发布包"),
    ):
        review.perform(number, action, by)
        assert next_step() == words
    releases.release(home, [number], partial(office.build_plain, home), who.publisher)
    assert next_step() == "上传后登记网址"
    releases.publish(number, "政府网站", "", date(2026, 3, 5), who.publisher)
    assert next_step() == "已登记，可核对渠道"


def test_what_the_copy_leaves_behind_by_itself_is_no_work(home: Home, who: People) -> None:
    """The author in the properties: no officer has to look at it, the copy drops it."""
    swept = office.make_finding(
        rule="property", family=Family.HIDDEN, severity=Severity.NOTE, visible=False
    )
    number = office.register_text(home, who.drafter, "通知", [swept])
    assert queries.document(number).next_step == "生成公开件"
    assert [queries.swept(f) for f in queries.findings_of(number)] == [True]
    assert queries.document_rows([number])[0].next_step == "生成公开件"
    assert any("没有处理意见" in why for why in review.possible(number, who.drafter)[Action.SUBMIT])
    both = office.register_text(home, who.drafter, "通知二", [swept, office.make_finding()])
    assert queries.document(both).next_step == "处理 1 处发现"
    picture = office.register_text(home, who.drafter, "扫描件", [swept], kind=Kind.PDF)
    assert queries.document(picture).next_step == "处理 1 处发现"


def test_a_copy_is_not_promised_of_a_format_we_cannot_write(home: Home, who: People) -> None:
    number = office.register_text(
        home, who.drafter, "扫描件", [office.make_finding()], kind=Kind.PDF
    )
    findings.rule_on([queries.findings_of(number)[0].id], Ruling.REDACT, who.drafter)
    assert queries.document(number).next_step == "换成能做公开件的格式"


def test_a_copy_comes_before_the_review(home: Home, who: People) -> None:
    """Also where nothing was found: the original carries comments, revisions and properties."""
    number = office.register_text(home, who.drafter, "通知")
    assert queries.document_rows([number])[0].next_step == "生成公开件"
    assert queries.document(number).next_step == "生成公开件"
    picture = office.register_text(home, who.drafter, "扫描件", kind=Kind.PDF)
    assert queries.document_rows([picture])[0].next_step == "送审"


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("check_step", [True, False])
def test_every_state_has_words(state: State, status: Status, check_step: bool) -> None:
    for attribute in ("主动公开", "不予公开"):
        words = queries.next_step(
            state, status=status, open_findings=0, marks_waiting=0, check_step=check_step,
            attribute=attribute,
        )  # fmt: skip
        assert words


def test_counts(home: Home, who: People, five: list[int]) -> None:
    counts = queries.counts()
    assert set(counts.states) == set(State)
    assert counts.states[State.RECEIVED] == 4
    assert counts.states[State.DISCARDED] == 1
    assert (counts.documents, counts.with_open_findings) == (4, 2)
    assert (counts.releases, counts.unpublished) == (0, 0)


def test_the_log_is_read(who: People, five: list[int]) -> None:
    every = queries.audit_ids()
    assert list(every) == sorted(every, reverse=True)
    mine = queries.audit_ids("document", five[3])
    rows = queries.audit_rows(mine)
    assert [row.action for row in rows] == ["discard", "register"]
    assert rows[0].from_state == "received"
    assert list(queries.audit_ids("officer")) == [7, 6, 5, 4, 3, 2]
    assert queries.audit_rows([999]) == []


def test_what_the_store_must_hold(five: list[int]) -> None:
    assert len(queries.stored_hashes()) == 5


def test_nothing_is_read_without_a_catalogue() -> None:
    with pytest.raises(Unavailable):
        base.home()


def test_states_of_the_filter_are_not_bound_to_the_trash(five: list[int]) -> None:
    assert ask(states=frozenset({State.DISCARDED})) == [five[3]]
    assert documents.SORT_KEYS == queries.SORT_KEYS
