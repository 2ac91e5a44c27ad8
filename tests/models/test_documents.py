"""Taking in, new revisions, new scans, catalogue fields, pages."""

import json
from typing import Any

import pytest

from detection.finding import Family, Severity
from detection.report import Status
from formats.reading import Kind, Part, Place, Trouble, TroubleCode
from models import queries
from models.disclosure import catalogue, documents, findings, review
from models.disclosure.case import Action, Origin, State
from models.disclosure.rulings import Ruling
from models.kernel import audit, base, people
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import NewPerson, Role
from models.queries import DocumentFilter
from tests import office
from tests.office import PASSWORD, People


def said(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return "\n".join(refused.value.reasons)


def ids(text: str) -> list[int]:
    return list(queries.document_ids(DocumentFilter(text=text)))


def test_register_writes_everything_at_once(home: Home, who: People) -> None:
    trouble = Trouble(TroubleCode.NEEDS_OCR, "第 2 页是图片", Place(Part.IMAGE, page=2))
    number = office.register_text(
        home, who.drafter, "关于清理沟渠的通知", [office.make_finding()],
        name="沟渠.txt", status=Status.PARTLY, pages=3, image_pages=(2,), troubles=(trouble,),
    )  # fmt: skip
    found = queries.document(number)
    assert found.state is State.RECEIVED
    assert found.title == "关于清理沟渠的通知"
    assert found.name == "沟渠.txt"
    assert found.taken_from == "收件箱"
    assert found.registered_by == "覃小满"
    assert found.fields["organ"] == "白石沟镇人民政府"
    assert found.fields["genre"] == "通知"
    assert found.fields["attribute"] == "主动公开"
    assert (found.open_findings, found.findings, found.severity) == (1, 1, Severity.HIDE)
    assert found.revision == found.original
    assert found.revision.origin is Origin.ORIGINAL
    assert found.scan.troubles == (trouble,)
    assert found.scan.image_pages == (2,)
    assert found.next_step == "处理 1 处发现"
    row = queries.audit_rows(queries.audit_ids("document", number))[0]
    assert (row.action, row.to_state, row.sha256) == ("register", "received", found.revision.sha256)
    assert audit.verify().ok


@pytest.mark.parametrize(
    ("title", "name", "kind", "expected", "genre"),
    [
        ("", "低保名单.xlsx", Kind.XLSX, "低保名单", "名单"),
        ("", ".txt", Kind.TXT, ".txt", ""),
        ("两行\n标题的公告", "a.txt", Kind.TXT, "两行 标题的公告", "公告"),
        ("长" * 300, "a.txt", Kind.TXT, "长" * 200, ""),
    ],
)
def test_title_and_kind_are_guessed(
    home: Home, who: People, title: str, name: str, kind: Kind, expected: str, genre: str
) -> None:
    number = office.register_text(home, who.drafter, "x", title=title, name=name, kind=kind)
    fields = queries.document(number).fields
    assert (fields["title"], fields["genre"]) == (expected, genre)


def test_an_inner_papers_attribute_is_left_to_a_person(home: Home, who: People) -> None:
    found = office.make_finding(family=Family.KIND, rule="not-for-release-kind")
    document_id = office.register_text(home, who.drafter, "会议纪要", [found])
    assert queries.document(document_id).fields["attribute"] == ""


def test_the_same_bytes_are_refused_naming_the_first(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    before = base.fetch("SELECT count(*) FROM audit")
    text = said(lambda: office.register_text(home, who.head, "关于清理沟渠的通知", name="另名.txt"))
    assert f"{number} 号《关于清理沟渠的通知》" in text
    assert base.fetch("SELECT count(*) FROM audit") == before


def test_a_stopped_report_is_a_mistake_of_ours(home: Home, who: People) -> None:
    with pytest.raises(ValueError, match="state-secret"):
        office.register_text(home, who.drafter, "x", status=Status.STOPPED)
    number = office.register_text(home, who.drafter, "y")
    stopped = office.make_report(b"z", status=Status.STOPPED)
    with pytest.raises(ValueError, match="state-secret"):
        documents.add_revision(
            number, office.keep(home, b"z"), stopped, name="z", origin=Origin.CLEAN,
            officer=who.drafter,
        )  # fmt: skip


def test_the_bare_text_is_nowhere_in_the_catalogue(home: Home, who: People) -> None:
    number = office.register_text(
        home, who.drafter, "身份证号 500199********1234", [office.make_finding()]
    )
    findings.add_mark(number, Place(Part.BODY), (0, 8), "覃家老屋门牌三号", who.drafter)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = home.catalogue.read_bytes()
    assert b"500199199001011234" not in kept
    assert "覃家老屋门牌三号".encode() not in kept
    prints = {row[0] for row in base.fetch("SELECT fingerprint FROM finding")}
    assert all(len(text) == 32 for text in prints)


def test_only_officers_at_work_take_part(home: Home, who: People) -> None:
    assert "只是管理员" in said(lambda: office.register_text(home, who.admin, "x"))
    people.deactivate(who.drafter.id, who.admin)
    assert "已经停用" in said(lambda: office.register_text(home, who.drafter, "x"))


def test_documents_of_a_batch(home: Home, who: People) -> None:
    batch, changes = documents.open_batch("三月公示", who.drafter)
    assert changes.batches == {batch}
    first = office.register_text(home, who.drafter, "甲", [office.make_finding()], batch=batch)
    second = office.register_text(home, who.drafter, "乙", batch=batch)
    row = queries.batches()[0]
    assert (row.name, row.documents, row.findings, row.open_findings) == ("三月公示", 2, 1, 1)
    assert list(queries.batch_ids(batch)) == [first, second]
    assert list(queries.document_ids(DocumentFilter(batch=batch))) == [second, first]
    unnamed, _ = documents.open_batch(" ", who.drafter)
    assert queries.batches()[0].name == "未命名批次"
    assert unnamed == batch + 1


def test_a_new_revision_is_current_with_its_own_findings(home: Home, who: People) -> None:
    number = office.register_text(
        home, who.drafter, "原件低保", [office.make_finding()], title="标题"
    )
    revision = office.clean_text(home, who.drafter, number, "公开件补贴")
    found = queries.document(number)
    assert found.revision.id == revision
    assert found.revision.origin is Origin.CLEAN
    assert found.revision.ordinal == 2
    assert found.original.ordinal == 1
    assert (found.findings, found.open_findings, found.severity) == (0, 0, None)
    assert ids("补贴") == [number]
    assert ids("低保") == []
    assert [r.ordinal for r in queries.revisions_of(number)] == [1, 2]


@pytest.mark.parametrize("action", [Action.DISCARD, Action.WITHHOLD])
def test_no_new_revision_of_what_is_closed(home: Home, who: People, action: Action) -> None:
    number = office.approved_text(home, who, "通知")
    review.perform(number, Action.RETURN, who.leader, "再改")
    if action is Action.WITHHOLD:
        review.perform(number, Action.SUBMIT, who.drafter)
    by = who.leader if action is Action.WITHHOLD else who.drafter
    review.perform(number, action, by, "理由")
    assert "才能换新版本" in said(lambda: office.clean_text(home, who.drafter, number, "别的"))


def ruled(number: int) -> list[tuple[Ruling | None, bool]]:
    return [(row.ruling, row.carried) for row in queries.findings_of(number)]


def test_keep_and_not_one_are_carried_to_the_clean_copy(home: Home, who: People) -> None:
    three = [
        office.make_finding("甲甲甲", rule="name"),
        office.make_finding("乙乙乙", rule="name"),
        office.make_finding("丙丙丙", rule="name"),
    ]
    number = office.register_text(home, who.drafter, "原件", three)
    first, second, third = queries.findings_of(number)
    findings.rule_on([first.id], Ruling.KEEP, who.drafter, "负责人姓名")
    findings.rule_on([second.id], Ruling.NOT_ONE, who.drafter, "地名")
    findings.rule_on([third.id], Ruling.MASK, who.drafter)
    moved = [f._replace(place=Place(Part.BODY, paragraph=9)) for f in three]
    office.clean_text(home, who.drafter, number, "公开件", moved)
    assert ruled(number) == [(Ruling.KEEP, True), (Ruling.NOT_ONE, True), (None, False)]
    row = queries.findings_of(number)[0]
    assert (row.ruled_by, row.ruling_reason) == ("覃小满", "负责人姓名")
    assert queries.document(number).open_findings == 1


def test_what_the_knife_left_is_asked_again(home: Home, who: People) -> None:
    twice = [office.make_finding(), office.make_finding(place=Place(Part.BODY, paragraph=2))]
    number = office.register_text(home, who.drafter, "原件", twice)
    first, second = queries.findings_of(number)
    findings.rule_on([first.id], Ruling.KEEP, who.drafter, "公开的号码")
    findings.rule_on([second.id], Ruling.REDACT, who.drafter)
    office.clean_text(home, who.drafter, number, "公开件", twice[1:])
    assert ruled(number) == [(None, False)]


def test_another_rule_is_another_question(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "原件", [office.make_finding()])
    findings.rule_on([queries.findings_of(number)[0].id], Ruling.NOT_ONE, who.drafter, "项目编号")
    office.clean_text(home, who.drafter, number, "公开件", [office.make_finding(rule="phone")])
    assert ruled(number) == [(None, False)]


def test_a_second_scan_keeps_rulings_and_marks(home: Home, who: People) -> None:
    content = "原件"
    found = office.make_finding()
    number = office.register_text(home, who.drafter, content, [found])
    findings.rule_on([queries.findings_of(number)[0].id], Ruling.REDACT, who.drafter)
    findings.add_mark(number, Place(Part.BODY, paragraph=3), (0, 2), "老屋", who.drafter)
    report = office.make_report(
        content.encode(), [office.make_finding("新的"), found], rulebook="r2"
    )
    changes = documents.add_scan(number, report, who.drafter)
    assert changes.documents == {number}
    rows = queries.findings_of(number)
    assert [(row.ruling, row.carried, row.manual) for row in rows] == [
        (None, False, False),
        (Ruling.REDACT, True, False),
        (Ruling.REDACT, True, True),
    ]
    assert [row.number for row in rows] == [1, 2, 3]
    assert len(findings.marks(number)) == 2
    assert queries.document(number).scan.rulebook == "r2"


def test_a_scan_of_other_bytes_is_refused(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "原件")
    other = office.make_report(b"other")
    assert "不是当前版本" in said(lambda: documents.add_scan(number, other, who.drafter))


def test_a_mark_found_later_stops_everything(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "原件低保", title="标题")
    mark = office.make_finding(
        "", rule="state-secret-mark", severity=Severity.STOP, reason="国家秘密标志", masked=""
    )
    report = office.make_report(b"", [mark], status=Status.STOPPED, sha256=None)
    documents.add_scan(number, report, who.drafter)
    assert ids("低保") == []
    assert queries.document(number).next_step == "停止办理，报告保密员"
    text = said(lambda: review.perform(number, Action.SUBMIT, who.drafter))
    assert "国家秘密标志。请立即停止办理" in text
    assert "禁止公开的内容：国家秘密标志" in text


def test_fields_are_edited_and_logged(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "原件")
    documents.edit(number, {"title": " 新标题 ", "signed_on": "2026-03-05"}, who.drafter)
    assert queries.document(number).title == "新标题"
    assert ids("新标") == [number]
    assert ids("原件") == [number]
    row = queries.document_rows([number])[0]
    assert row.signed_on is not None
    assert row.signed_on.day == 5
    entry = queries.audit_rows(queries.audit_ids("document", number)[:1])[0]
    assert json.loads(entry.detail)["title"] == ["原件", "新标题"]
    before = base.fetch("SELECT count(*) FROM audit")
    assert not documents.edit(number, {"title": "新标题"}, who.drafter)
    assert base.fetch("SELECT count(*) FROM audit") == before


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"title": ""}, "不能空着"),
        ({"signed_on": "2026年3月5日"}, "2026-03-05"),
        ({"signed_on": "20260305"}, "2026-03-05"),
        ({"attribute": "公开"}, "只能是"),
        ({"summary": "长" * 301}, "最多 300 个"),
    ],
)
def test_wrong_fields_are_refused(
    home: Home, who: People, fields: dict[str, object], part: str
) -> None:
    number = office.register_text(home, who.drafter, "原件")
    assert part in said(lambda: documents.edit(number, fields, who.drafter))


def test_an_unknown_field_is_a_mistake_of_ours(who: People) -> None:
    with pytest.raises(KeyError):
        documents.edit(1, {"colour": "red"}, who.drafter)


def test_pages_are_seen_once_by_each(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "x", pages=2, kind=Kind.PDF)
    assert documents.saw_page(number, 1, who.drafter)
    assert not documents.saw_page(number, 1, who.drafter)
    assert documents.saw_page(number, 1, who.head)
    assert queries.pages_seen(number, who.drafter.id) == {1}
    for page in (0, 3):
        assert f"没有第 {page} 页" in said(
            lambda page=page: documents.saw_page(number, page, who.drafter)
        )


def test_an_unknown_document(who: People) -> None:
    assert "没有 77 号文件" in said(lambda: queries.document(77))
    assert "没有 77 号文件" in said(lambda: documents.edit(77, {"title": "x"}, who.drafter))


def test_fields_of_the_catalogue() -> None:
    assert {"index_number", "title", "organ", "attribute", "validity"} <= set(catalogue.KEYS)
    assert set(catalogue.BY_KEY) == set(catalogue.KEYS)
    assert catalogue.missing({"title": "t", "organ": "o", "attribute": "主动公开"}) == ()


def test_a_person_with_two_posts_besides_admin_acts(home: Home, who: People) -> None:
    both = NewPerson("田守夜", frozenset({Role.ADMIN, Role.DRAFTER}), PASSWORD)
    people.add(both, who.admin)
    person = people.by_name("田守夜")
    assert person is not None
    assert office.register_text(home, person, "x")


def test_before_the_first_start_the_organ_is_open(home: Home, who: People) -> None:
    base.execute("DELETE FROM policy")
    number = office.register_text(home, who.drafter, "x")
    assert queries.document(number).fields["organ"] == ""


def test_the_same_text_at_the_same_place_is_answered_once(home: Home, who: People) -> None:
    twins = [office.make_finding(), office.make_finding()]
    number = office.register_text(home, who.drafter, "原件", twins)
    every = [row.id for row in queries.findings_of(number)]
    findings.rule_on(every, Ruling.MASK, who.drafter)
    report = office.make_report("原件".encode(), twins)
    documents.add_scan(number, report, who.drafter)
    assert ruled(number) == [(Ruling.MASK, True), (Ruling.MASK, True)]
    assert base.fetch("SELECT count(*) FROM ruling WHERE carried_from IS NOT NULL") == [(2,)]
