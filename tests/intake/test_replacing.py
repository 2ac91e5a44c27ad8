"""Another file in the place of one that is here: the same checks as at the door."""

from pathlib import Path

import pytest

from detection.report import Status
from formats.reading import Part, Place
from intake import entry, replacing
from intake.examine import Examiner
from intake.pipeline import Outcome, take_in
from models import queries
from models.disclosure import findings
from models.disclosure.case import Origin
from models.kernel import base
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests import office
from tests.office import People

BROKEN = b"PK\x03\x04 this was a document once"


def taken(home: Home, who: People, examiner: Examiner, path: Path) -> int:
    number = take_in(home, path, who.drafter, examiner).document_id
    assert number is not None
    return number


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_file_that_cannot_be_read_is_replaced_by_one_that_can(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    number = taken(home, who, examiner, write(tmp_path, "坏.docx", BROKEN))
    assert queries.document(number).scan.status is Status.UNREADABLE
    good = write(tmp_path, "好.txt", "关于清理沟渠的通知\n")
    result = replacing.replace(home, number, good, who.drafter, examiner)
    assert result.outcome is Outcome.KEPT
    assert result.changes.documents == {number}
    detail = queries.document(number)
    assert detail.scan.status is Status.READ
    assert detail.revision.origin is Origin.REPLACEMENT
    assert detail.revision.name == "好.txt"
    assert good.exists()


def test_what_may_not_come_in_does_not_come_in_this_way(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    number = taken(home, who, examiner, write(tmp_path, "一.txt", "关于清理沟渠的通知\n"))
    other = taken(home, who, examiner, write(tmp_path, "二.txt", "关于夏季值班的通知\n"))
    entries = len(queries.audit_ids())
    for name, text, outcome in (
        ("密.txt", "机密★10年\n关于青冈坪水库有关情况的报告\n", Outcome.SECRET),
        ("坏.docx", BROKEN, Outcome.FAILED),
        ("同.txt", "关于清理沟渠的通知\n", Outcome.SAME),
        ("他.txt", "关于夏季值班的通知\n", Outcome.SAME),
    ):
        path = write(tmp_path, name, text)
        result = replacing.replace(home, number, path, who.drafter, examiner)
        assert result.outcome is outcome
        assert result.says.endswith("。")
    missing = replacing.replace(home, number, tmp_path / "没有.txt", who.drafter, examiner)
    assert missing.outcome is Outcome.FAILED
    assert len(queries.revisions_of(number)) == len(queries.revisions_of(other)) == 1
    assert len(queries.audit_ids()) == entries
    stored = base.fetch("SELECT count(*) FROM revision")[0][0]
    assert sum(p.is_file() for p in home.originals.rglob("*")) == stored, "no trace in the store"


def test_nothing_is_replaced_under_the_eyes_of_the_reviewers(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    path = write(tmp_path, "新.txt", "关于清理沟渠的第二个通知\n")
    with pytest.raises(Refused) as refused:
        replacing.replace(home, number, path, who.drafter, examiner)
    assert "退回修改" in refused.value.reasons[0]


def test_a_mark_made_while_the_file_is_looked_at_is_not_lost(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = taken(home, who, examiner, write(tmp_path, "一.txt", "关于清理沟渠的通知\n"))
    real_look = replacing.look

    def look(path: Path, examiner: Examiner, *, matter: str = "") -> entry.Looked:
        looked = real_look(path, examiner, matter=matter)
        place = Place(Part.BODY, paragraph=1)
        findings.add_mark(number, place, (2, 6), "清理沟渠", who.secrecy)
        return looked

    monkeypatch.setattr(replacing, "look", look)
    good = write(tmp_path, "好.txt", "关于清理水渠的通知\n")
    with pytest.raises(Refused) as refused:
        replacing.replace(home, number, good, who.drafter, examiner)
    assert "改过处理意见" in refused.value.reasons[0]
    assert len(queries.revisions_of(number)) == 1
    assert len(findings.marks(number)) == 1
