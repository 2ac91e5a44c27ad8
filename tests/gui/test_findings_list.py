"""A line of the list of findings says what was found without showing it."""

import pytest

from detection.finding import Family, Severity
from formats.reading import Part, Place
from gui.widgets.findings_model import FindingsModel
from models.queries.rows import FindingRow


def finding(masked: str) -> FindingRow:
    return FindingRow(
        id=1,
        number=1,
        rule="illness-in-text",
        family=Family.PERSONAL,
        severity=Severity.ASK,
        place=Place(Part.BODY, paragraph=2),
        span=(0, 4),
        masked=masked,
        visible=True,
        certainty=0.9,
        valid=None,
        reason="",
        basis="",
        suggest=masked,
        manual=False,
        ruling=None,
        ruled_by="",
        ruled_at=None,
        ruling_reason="",
        carried=False,
    )


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("masked", "line"),
    [("****", "正文中的病情或残疾 ****"), ("138****1234", "138****1234"), ("滚**", "滚**")],
)
def test_what_is_nothing_but_stars_is_called_by_its_rule(masked: str, line: str) -> None:
    model = FindingsModel()
    model.labels = {"illness-in-text": "正文中的病情或残疾"}
    model.show_findings([finding(masked)])
    assert model.line_text(finding(masked)) == line
    assert model.shown_text(finding(masked)) == masked
    assert line in model.data(model.index(1))
