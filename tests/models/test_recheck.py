"""A change of the rules: who is outdated, what is found later in public, what may be done."""

import pytest

from detection.finding import Severity
from models import queries
from models.disclosure import documents, findings, review
from models.disclosure.case import Action, State
from models.disclosure.rulings import Ruling
from models.kernel import audit
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.queries.rows import DocumentFilter, Recheck
from tests import office
from tests.office import People

OUTDATED, FOUND_LATER = (DocumentFilter(recheck=each) for each in Recheck)


def released(home: Home, who: People, text: str = "公示名单") -> int:
    from models.disclosure import releases

    number = office.approved_text(home, who, text)
    releases.release(home, [number], lambda c: office.build_plain(home, c), who.publisher, text)
    return number


def later(number: int, severity: Severity = Severity.HIDE, text: str = "公示名单") -> None:
    """The program looks again by other rules and finds an ID number."""
    report = office.make_report(text.encode(), [office.make_finding(severity=severity)])
    documents.add_scan(number, report, None)


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("current_rulebook", "newest_rulebook"):
        monkeypatch.setattr(review, name, lambda: "rulebook-2")


def test_what_other_rules_examined_is_told_and_counted(
    home: Home, who: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    public = released(home, who)
    gone = office.register_text(home, who.drafter, "不要的")
    review.perform(gone, Action.DISCARD, who.drafter)
    assert queries.outdated_ids() == []
    monkeypatch.setattr(review, "newest_rulebook", lambda: "rulebook-2")
    assert queries.outdated_ids() == [public, draft], "what is public comes first"
    assert set(queries.document_ids(OUTDATED)) == {public, draft}
    assert queries.counts().outdated == 2
    assert all(row.outdated for row in queries.document_rows([draft, public]))


@pytest.mark.usefixtures("other_rules")
def test_a_released_document_is_looked_at_and_does_not_move(home: Home, who: People) -> None:
    public = released(home, who)
    later(public)
    assert queries.document(public).state is State.RELEASED
    entry = queries.audit_rows(queries.audit_ids("document", public))[0]
    assert (entry.action, entry.officer, entry.to_state) == ("examine", "", "")
    assert queries.found_later_ids() == [public]
    assert list(queries.document_ids(FOUND_LATER)) == [public]
    assert queries.counts().found_later == 1
    assert "新发现" in queries.document_rows([public])[0].next_step
    assert audit.verify().ok


@pytest.mark.usefixtures("other_rules")
def test_a_note_found_later_is_no_alarm(home: Home, who: People) -> None:
    public = released(home, who)
    later(public, Severity.NOTE)
    assert queries.found_later_ids() == []
    assert "新发现" not in queries.document_rows([public])[0].next_step


def test_what_is_found_later_is_let_stand_by_the_reviewer_only(home: Home, who: People) -> None:
    public = released(home, who)
    later(public)
    (finding,) = queries.findings_of(public)
    for officer, ruling, reason in (
        (who.drafter, Ruling.NOT_ONE, "不是"),
        (who.secrecy, Ruling.NOT_ONE, ""),
        (who.secrecy, Ruling.REDACT, "应当删去"),
        (who.secrecy, Ruling.MASK, "应当遮盖"),
    ):
        with pytest.raises(Refused):
            findings.rule_on([finding.id], ruling, officer, reason)
    findings.rule_on([finding.id], Ruling.NOT_ONE, who.secrecy, "是项目编号")
    assert queries.found_later_ids() == []
    assert queries.document(public).state is State.RELEASED
    with pytest.raises(Refused, match=r"1 reason"):
        findings.rule_on([finding.id], Ruling.KEEP, who.secrecy, "改主意")


def test_rulings_go_along_to_the_same_findings(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "名单", [office.make_finding()])
    findings.rule_on([queries.findings_of(number)[0].id], Ruling.NOT_ONE, who.drafter, "不是")
    again = [office.make_finding(), office.make_finding("13800138000", rule="phone")]
    documents.add_scan(number, office.make_report("名单".encode(), again), None)
    rulings = {f.rule: f.ruling for f in queries.findings_of(number)}
    assert rulings == {"id-number": Ruling.NOT_ONE, "phone": None}
