"""Clean copies: always made anew, examined again, nothing left in temp."""

from pathlib import Path

import pytest

from formats.reading import Kind, Mark, Part, Place
from intake.examine import Examiner
from intake.pipeline import clean_copy, clean_name, scan_again, take_in
from intake.replacing import replace
from models import queries
from models.disclosure import documents, findings
from models.disclosure.rulings import Ruling
from models.kernel import audit, store
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from tests.intake.files import text_file
from tests.office import People

ID = "450321199001010014"


def taken(home: Home, who: People, examiner: Examiner, path: Path) -> int:
    result = take_in(home, path, who.drafter, examiner)
    assert result.document_id is not None
    return result.document_id


def test_what_was_ruled_on_is_gone_and_the_rest_stays(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = text_file(tmp_path, text=f"覃小满，号码 {ID}，符合条件。\n")
    document = taken(home, who, examiner, path)
    ids = [row.id for row in queries.findings_of(document)]
    findings.rule_on(ids, Ruling.REDACT, who.drafter)
    changes = clean_copy(home, document, who.drafter, examiner)
    detail = queries.document(document)
    assert changes.documents == {document}
    assert detail.revision.origin is documents.Origin.CLEAN
    assert detail.original.sha256 != detail.revision.sha256
    clean = store.path_of(home, detail.revision.sha256).read_text(encoding="utf-8-sig")
    assert ID not in clean
    assert "符合条件" in clean
    assert not [row for row in queries.findings_of(document) if row.rule == "id-number"]
    assert list(home.temp.glob("at-*/clean*")) == []
    assert audit.verify().ok


@pytest.mark.parametrize("meanwhile", ["replaced", "marked", "examined"])
def test_what_another_officer_did_meanwhile_is_not_lost(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, meanwhile: str
) -> None:
    """A copy of old bytes must not become current over new ones, nor forget a mark by hand."""
    path = text_file(tmp_path, text="覃小满，符合条件。\n")
    document = taken(home, who, examiner, path)
    before = queries.document(document)
    marks = findings.marks(document)
    if meanwhile == "replaced":
        (tmp_path / "新").mkdir()
        new = text_file(tmp_path / "新", text="另一份，符合条件。\n")
        assert replace(home, document, new, who.drafter, examiner).document_id == document
    elif meanwhile == "marked":
        place = Place(Part.BODY, paragraph=1)
        findings.add_mark(document, place, (0, 3), "覃小满", who.drafter)
    else:
        scan_again(home, document, who.drafter, examiner)
    stored = store.Stored(before.revision.sha256, before.revision.size, path)
    now = queries.document(document).revision
    with pytest.raises(Refused) as refused:
        documents.add_revision(
            document, stored, examiner.examine(path), name="通知.txt",
            origin=documents.Origin.CLEAN, officer=who.drafter, made_from=(before.scan.id, marks),
        )  # fmt: skip
    assert "重新生成" in refused.value.reasons[0]
    assert queries.document(document).revision == now


def test_nothing_to_redact_is_fine(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    document = taken(home, who, examiner, text_file(tmp_path))
    clean_copy(home, document, who.drafter, examiner)
    assert queries.document(document).revision.origin is documents.Origin.CLEAN


def test_a_kind_we_cannot_write_is_refused_with_words(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "公示.html", "<html><body><p>公示</p></body></html>")
    document = taken(home, who, examiner, path)
    assert queries.document(document).kind is Kind.HTML
    with pytest.raises(Refused) as error:
        clean_copy(home, document, who.drafter, examiner)
    assert "html" in error.value.reasons[0]
    assert error.value.reasons[0].endswith("。")


def test_a_missing_original_is_said_and_nothing_is_left(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    document = taken(home, who, examiner, text_file(tmp_path))
    stored = store.path_of(home, queries.document(document).revision.sha256)
    stored.unlink()
    with pytest.raises(Unavailable):
        clean_copy(home, document, who.drafter, examiner)
    assert list(home.temp.glob("at-*/clean*")) == []
    assert queries.document(document).revision.origin is documents.Origin.ORIGINAL


def name_mark(start: int, end: int, replacement: str) -> Mark:
    return Mark(Place(Part.NAME), (start, end), replacement)


@pytest.mark.parametrize(
    ("name", "marks", "suffix", "wanted"),
    [
        ("公示.docm", [], ".docx", "公示.docx"),
        ("覃小满低保.txt", [name_mark(0, 3, "")], ".txt", "低保.txt"),
        ("覃小满139覃小满.txt", [name_mark(0, 3, "某"), name_mark(6, 9, "某")], ".txt",
         "某139某.txt"),
        ("覃小满.txt", [name_mark(0, 3, "")], ".txt", "未命名.txt"),
        ("号13900000000.csv", [name_mark(1, 12, "139****0000")], ".csv", "号139××××0000.csv"),
        ("里.txt", [Mark(Place(Part.NAME, member="a/里.txt"), (0, 1), "")], ".txt", "里.txt"),
        ("exe\u202etxt.docx", [name_mark(0, 3, "")], ".docx", "txt.docx"),
    ],
)  # fmt: skip
def test_the_name_loses_what_was_ruled_on_too(
    name: str, marks: list[Mark], suffix: str, wanted: str
) -> None:
    assert clean_name(name, marks, suffix) == wanted


def test_a_removed_cell_is_empty_in_the_copy(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"村,身份证号,备注\n白石村,{ID},证号{ID}\n", encoding="utf-8-sig")
    document = taken(home, who, examiner, path)
    hits = [row for row in queries.findings_of(document) if row.rule == "id-number"]
    findings.rule_on([row.id for row in hits], Ruling.REDACT, who.drafter)
    clean_copy(home, document, who.drafter, examiner)
    clean = store.path_of(home, queries.document(document).revision.sha256)
    rows = clean.read_text(encoding="utf-8-sig").splitlines()
    assert rows[1] == "白石村,,证号***"
