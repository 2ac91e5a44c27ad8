"""The sample office: the traps it is there for, and numbers that cannot belong to anybody."""

import re
import zipfile
from pathlib import Path

import pytest

import detection
from detection import Severity, Status, checks
from exporters import sample_office
from exporters.sample_office import traps
from exporters.sample_office.persons import COUNTY, persons
from models.kernel.person import Role


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sample_office.write_files(tmp_path_factory.mktemp("sample"))


def test_about_thirty_documents_of_many_kinds(files: list[Path]) -> None:
    assert 28 <= len(files) <= 35
    assert {p.suffix for p in files} >= {".docx", ".xlsx", ".csv", ".txt", ".pdf", ".html", ".zip"}


def test_the_same_documents_each_time(files: list[Path], tmp_path: Path) -> None:
    again = sample_office.write_files(tmp_path)
    assert [p.name for p in again] == [p.name for p in files]


def test_the_numbers_have_valid_form_and_no_owner() -> None:
    for person in persons(300, seed=5):
        assert person.id_number.startswith(COUNTY)
        assert checks.id_check_digit(person.id_number)
        assert re.fullmatch(r"154\d{8}", person.phone)
        assert checks.luhn(person.card)
        assert person.card.startswith("629999")


def test_the_office_has_a_valid_code_and_every_role() -> None:
    office, people = sample_office.setup()
    assert office.sample
    assert checks.credit_code(office.unit_code)
    assert {role for p in people for role in p.roles} == set(Role)


def test_each_trap_is_found(files: list[Path]) -> None:
    book = detection.load()
    reports = {p.name: detection.examine(p, book) for p in files}
    stopped = [n for n, r in reports.items() if r.status is Status.STOPPED]
    assert stopped == [traps.SECRET_FILE]
    unread = [n for n, r in reports.items() if r.status is Status.UNREADABLE]
    assert unread == ["柏树垭社区上报材料.docx"]
    found = {name: {f.rule for f in report.findings} for name, report in reports.items()}
    assert {"id-number", "bank-account"} <= found["2026年耕地地力保护补贴发放名单.xlsx"]
    assert {"id-number", "hidden-column"} <= found["2026年二季度临时救助发放表.xlsx"]
    assert {"id-number", "hidden-sheet"} <= found["各村耕地补贴面积汇总表.xlsx"]
    revised = found["关于表彰2026年度防汛先进集体的通报（修改稿）.docx"]
    assert {"comment", "deletion", "insertion"} <= revised
    assert {"id-number", "hidden"} <= found["公益性岗位拟聘用人员公示.docx"]
    assert "disability-certificate" in found["2026年残疾人两项补贴发放名单.xlsx"]
    assert "internal-mark" in found["关于做好近期信访稳定工作的通知（内部）.docx"]
    assert reports["2015年退耕还林协议（扫描件）.pdf"].image_pages == (1, 2)


def test_what_may_be_published_is_let_through(files: list[Path]) -> None:
    book = detection.load()
    for name in ("停水通知.txt", "白石沟村2026年上半年财务收支公开表.xlsx", "双碾坝村防火宣传.txt"):
        report = detection.examine(next(p for p in files if p.name == name), book)
        worst = {f.severity for f in report.findings if f.visible}
        assert not worst & {Severity.STOP, Severity.HIDE, Severity.ASK}, name


def test_the_archive_has_chinese_names(files: list[Path]) -> None:
    with zipfile.ZipFile(next(p for p in files if p.suffix == ".zip")) as packed:
        assert "青冈坪村/人员名册.csv" in packed.namelist()
