"""Examination: from a file on disk to the report, and to the object the command line prints."""

import hashlib
from pathlib import Path

import pytest

from detection import Status, examine, load, report_json
from detection.rulebook import Rulebook
from formats.budget import Limits
from formats.reading import Kind, TroubleCode


@pytest.fixture
def rulebook() -> Rulebook:
    return load()


def test_a_clean_file(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(
        "白石沟镇人民政府\n关于防汛工作的通知\n各村：\n请做好防汛工作。", encoding="utf-8"
    )
    report = examine(path, rulebook)
    assert report.status is Status.READ
    assert report.kind is Kind.TXT
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report.size == path.stat().st_size
    assert report.findings == ()
    assert report.title == "关于防汛工作的通知"
    assert "请做好防汛工作。" in report.plain
    assert report.rulebook == rulebook.version


def test_personal_data_are_masked_in_what_is_indexed(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "名单.txt"
    path.write_text("名单\n覃小满 500114199003070016\n电话13800138000", encoding="utf-8")
    report = examine(path, rulebook)
    assert [f.rule for f in report.findings] == ["person-in-text", "id-number", "phone"]
    assert "覃** 50*************016" in report.plain
    assert "138****8000" in report.plain


def test_a_mark_leaves_nothing_of_the_file(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "防汛方案.txt"
    path.write_text("机密★10年\n白石沟镇防汛方案\n覃小满 13800138000", encoding="utf-8")
    report = examine(path, rulebook)
    assert report.status is Status.STOPPED
    assert report.sha256 is None
    assert (report.size, report.characters, report.title, report.plain) == (0, 0, "", "")
    assert report.troubles == ()
    assert [f.rule for f in report.findings] == ["state-secret-mark"]
    printed = report_json("file", report, reveal=True)
    assert printed["status"] == "stopped"
    assert printed["sha256"] is None
    assert printed["findings"][0]["text"] == "机密★10年"
    assert "防汛方案" not in str(printed)


def test_an_unreadable_file_is_a_report_and_its_name_is_looked_at(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    path = tmp_path / "坏文件.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    report = examine(path, rulebook)
    assert report.status is Status.UNREADABLE
    assert report.troubles
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report.title == "坏文件"
    marked = path.rename(tmp_path / "机密★5年 坏文件.docx")
    assert examine(marked, rulebook).status is Status.STOPPED


def test_the_given_name_counts_for_a_working_copy(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "0001.tmp"
    path.write_text("正文。", encoding="utf-8")
    assert examine(path, rulebook, name="【机密】方案.txt").status is Status.STOPPED


def test_limits_are_kept(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "大.txt"
    path.write_text("字" * 1000, encoding="utf-8")
    report = examine(path, rulebook, Limits(file_bytes=100))
    assert report.status is Status.UNREADABLE
    assert report.troubles[0].code is TroubleCode.TOO_BIG


def test_a_missing_file_is_a_report(tmp_path: Path, rulebook: Rulebook) -> None:
    report = examine(tmp_path / "没有.txt", rulebook)
    assert report.status is Status.UNREADABLE
    assert report.sha256 is None
    assert report.troubles[0].code is TroubleCode.MISSING


def test_the_printed_object_has_the_keys_of_the_contract(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    path = tmp_path / "名单.txt"
    path.write_text("覃小满 500114199003070016", encoding="utf-8")
    printed = report_json("名单.txt", examine(path, rulebook), reveal=False)
    keys = "file sha256 kind status troubles findings pages characters seconds rulebook"
    assert set(keys.split()) <= set(printed)
    finding = next(f for f in printed["findings"] if f["rule"] == "id-number")
    keys = "id rule family severity text place visible certainty valid basis suggest"
    assert set(keys.split()) <= set(finding)
    assert finding["id"] == "f2"
    assert finding["place"]["span"] == [4, 22]
    keys = "part member page sheet cell table row column paragraph span path"
    assert set(keys.split()) <= set(finding["place"])
