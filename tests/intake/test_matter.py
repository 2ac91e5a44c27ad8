"""A document's matter: chosen in the catalogue, it judges the lists, and the clean copy follows."""

import io
from pathlib import Path

import openpyxl
import pytest

from detection import Severity
from intake import pipeline
from intake.examine import Examiner
from models import queries
from models.disclosure import findings
from models.disclosure.rulings import Ruling
from models.kernel import audit, store
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests.office import People

ROWS = (
    ("序号", "姓名", "村（社区）", "备注", "致贫原因", "月保障金额"),
    (1, "覃小满", "白石沟村", "党员", "因病", 640),
    (2, "骆青山", "双碾坝村", "返乡", "缺劳力", 320),
)


@pytest.fixture
def document(home: Home, who: People, examiner: Examiner, tmp_path: Path) -> int:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    path = tmp_path / "低保名单.xlsx"
    book.save(path)
    taken = pipeline.take_in(home, path, who.drafter, examiner)
    assert taken.document_id is not None
    return taken.document_id


def told(document: int) -> dict[tuple[str, str], Severity]:
    """By cell and rule."""
    rows = queries.findings_of(document)
    return {(row.place.cell, row.rule): row.severity for row in rows if row.place.cell}


def test_choosing_a_matter_looks_at_the_lists_again(
    home: Home, who: People, examiner: Examiner, document: int
) -> None:
    before = told(document)
    assert before["B2", "name"] is Severity.ASK
    assert ("D2", "outside-matter") not in before
    pipeline.edit(home, document, {"matter": "低保公示"}, who.drafter, examiner)
    after = told(document)
    assert after["B2", "name"] is Severity.NOTE
    assert after["D1", "outside-matter"] is Severity.ASK
    assert after["D2", "outside-matter"] is Severity.ASK
    assert after["E2", "family-fact"] is Severity.ASK
    pipeline.edit(home, document, {"matter": ""}, who.drafter, examiner)
    assert told(document) == before
    assert audit.verify().ok


def test_another_field_examines_nothing(
    home: Home, who: People, examiner: Examiner, document: int
) -> None:
    scan = queries.document(document).scan.id
    pipeline.edit(home, document, {"keywords": "低保"}, who.drafter, examiner)
    assert queries.document(document).scan.id == scan


def test_no_matter_but_those_there_are(
    home: Home, who: People, examiner: Examiner, document: int
) -> None:
    with pytest.raises(Refused):
        pipeline.edit(home, document, {"matter": "随便公示"}, who.drafter, examiner)


def test_the_clean_copy_holds_the_permitted_columns_alone(
    home: Home, who: People, examiner: Examiner, document: int
) -> None:
    pipeline.edit(home, document, {"matter": "低保公示"}, who.drafter, examiner)
    asked = [f.id for f in queries.findings_of(document) if f.severity is Severity.ASK]
    findings.rule_on(asked, Ruling.REDACT, who.drafter)
    pipeline.clean_copy(home, document, who.drafter, examiner)
    detail = queries.document(document)
    data = store.path_of(home, detail.revision.sha256).read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    said = {str(c) for row in sheet.iter_rows(values_only=True) for c in row if c is not None}
    assert said >= {"覃小满", "白石沟村", "640"}
    assert said.isdisjoint({"备注", "党员", "返乡", "致贫原因", "因病", "缺劳力"})
    left = [f for f in queries.findings_of(document) if f.severity is not Severity.NOTE]
    assert left == []
