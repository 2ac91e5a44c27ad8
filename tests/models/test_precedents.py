"""What was decided on the same text before is proposed with where it comes from."""

from models import queries
from models.disclosure import findings
from models.disclosure.precedents import precedents
from models.disclosure.rulings import Ruling
from models.kernel.home import Home
from tests import office
from tests.office import People

TEXT = "500199199001011234"
WHY = "是项目编号，不是身份证号"


def ruled(home: Home, who: People, title: str, ruling: Ruling, reason: str = WHY) -> int:
    number = office.register_text(home, who.drafter, title, [office.make_finding(TEXT)])
    findings.rule_on([queries.findings_of(number)[0].id], ruling, who.drafter, reason)
    return number


def asked(home: Home, who: People, text: str = TEXT, **values: object) -> int:
    return office.register_text(
        home, who.drafter, f"今年的通知{text}", [office.make_finding(text, **values)]
    )


def test_last_years_dismissal_is_proposed_with_its_origin(home: Home, who: People) -> None:
    before = ruled(home, who, "去年的通知", Ruling.NOT_ONE)
    number = asked(home, who)
    (finding,) = queries.findings_of(number)
    one = precedents(number)[finding.id]
    assert (one.ruling, one.officer, one.reason) == (Ruling.NOT_ONE, who.drafter.name, WHY)
    assert (one.document_id, one.title) == (before, "去年的通知")
    assert finding.ruling is None, "proposed, not applied"
    assert one.adopted == f"沿用《去年的通知》中{who.drafter.name}的意见：{WHY}"


def test_the_same_text_written_otherwise_is_the_same(home: Home, who: People) -> None:
    ruled(home, who, "去年的通知", Ruling.KEEP)
    assert len(precedents(asked(home, who, "５００１９９ 199001011234"))) == 1


def test_another_rule_or_another_text_is_not(home: Home, who: People) -> None:
    ruled(home, who, "去年的通知", Ruling.NOT_ONE)
    assert precedents(asked(home, who, rule="bank-account")) == {}
    assert precedents(asked(home, who, "500199199001011235")) == {}


def test_the_newest_decision_counts_and_hiding_proposes_nothing(home: Home, who: People) -> None:
    ruled(home, who, "去年的通知", Ruling.NOT_ONE)
    later = ruled(home, who, "上月的通知", Ruling.REDACT, "")
    number = asked(home, who)
    assert precedents(number) == {}
    findings.undo(later, who.drafter)
    assert len(precedents(number)) == 1


def test_a_state_secret_mark_has_no_precedent(home: Home, who: People) -> None:
    from detection.finding import Family, Severity

    ruled(home, who, "去年的通知", Ruling.NOT_ONE)
    number = asked(home, who)
    later = office.make_report(
        f"今年的通知{TEXT}".encode(),
        [office.make_finding(TEXT, severity=Severity.STOP, family=Family.SECRET)],
    )
    from models.disclosure import documents

    documents.add_scan(number, later, None)
    assert precedents(number) == {}
