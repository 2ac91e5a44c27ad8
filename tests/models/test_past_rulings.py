"""What was ruled on before is remembered: in earlier revisions, and for the same text elsewhere."""

from models import queries
from models.disclosure import findings
from models.disclosure.rulings import Ruling
from models.kernel.home import Home
from tests import office
from tests.office import People


def test_the_findings_of_an_earlier_revision_keep_their_rulings(home: Home, who: People) -> None:
    number = office.register_text(
        home, who.drafter, "甲 500199199001011234", [office.make_finding()]
    )
    first = queries.document(number).revision.id
    found = queries.findings_of(number)
    findings.rule_on([found[0].id], Ruling.MASK, who.drafter)
    office.clean_text(home, who.drafter, number, "甲 500199********1234")
    assert queries.findings_of(number) == []
    (past,) = queries.findings_of_revision(first)
    assert (past.id, past.ruling, past.ruled_by) == (found[0].id, Ruling.MASK, who.drafter.name)
    assert queries.findings_of_revision(first + 1000) == []


def test_the_last_reason_for_the_same_text_is_offered_in_any_document(
    home: Home, who: People
) -> None:
    same = [office.make_finding()]
    one = office.register_text(home, who.drafter, "甲 500199199001011234", same)
    two = office.register_text(home, who.drafter, "乙 500199199001011234", same)
    other = office.register_text(
        home, who.drafter, "丙 11", [office.make_finding("500199199001015678")]
    )
    first, second, third = (queries.findings_of(n)[0].id for n in (one, two, other))
    assert queries.last_reason(second, Ruling.NOT_ONE) == ""
    findings.rule_on([first], Ruling.NOT_ONE, who.drafter, "是表格的编号")
    assert queries.last_reason(second, Ruling.NOT_ONE) == "是表格的编号"
    assert queries.last_reason(second, Ruling.KEEP) == ""
    assert queries.last_reason(third, Ruling.NOT_ONE) == ""
    findings.undo(one, who.drafter)
    assert queries.last_reason(second, Ruling.NOT_ONE) == "", "a ruling taken back has no reason"
