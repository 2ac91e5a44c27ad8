"""`scan`, `read`, `redact`: the objects of the contract, on files made here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

import main
from exporters.sample_office.persons import persons

ROOT = Path(main.__file__).parent
PERSON = persons(1, seed=99)[0]
FINDING_KEYS = {
    "id", "rule", "family", "severity", "text", "place", "visible", "certainty", "valid", "basis",
    "suggest",
}  # fmt: skip
PLACE_KEYS = {
    "part", "member", "page", "sheet", "cell", "table", "row", "column", "paragraph", "span",
    "path",
}  # fmt: skip


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("关于停水的通知")
    document.add_paragraph(f"联系人身份证号{PERSON.id_number}。")
    path = tmp_path / "通知.docx"
    document.save(str(path))
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_scan_waits_for_no_rules_no_database_and_no_picture_in_its_own_process(
    letter: Path,
) -> None:
    script = (
        "import sys, main\n"
        "code = main.main(['scan', sys.argv[1], '--json'])\n"
        "heavy = {'detection.engine', 'detection.rulebook', 'exporters.profiles', 'peewee',"
        " 'PIL', 'numpy', 'lxml'}\n"
        "sys.exit(f'{heavy & sys.modules.keys()}' if heavy & sys.modules.keys() else code)\n"
    )
    command = [sys.executable, "-c", script, str(letter)]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1, done.stderr
    assert {f["label"] for f in json.loads(done.stdout)["findings"]} >= {"身份证号码"}


def test_scan_prints_one_object_a_file_in_order(
    letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = tmp_path / "a.txt"
    clean.write_text("今天开会。", encoding="utf-8")
    assert main.main(["scan", str(letter), str(clean), "--json"]) == 1
    first, second = lines(capsys)
    assert (first["file"], second["file"]) == (str(letter), str(clean))
    assert first["kind"] == "docx"
    assert first["status"] == "read"
    findings = first["findings"]
    assert isinstance(findings, list)
    found = next(f for f in findings if f["rule"] == "id-number")
    assert set(found) >= FINDING_KEYS
    assert set(found["place"]) >= PLACE_KEYS
    assert PERSON.id_number not in found["text"]
    assert found["valid"] is True
    assert second["findings"] == []


def test_a_clean_file_answers_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = tmp_path / "a.txt"
    clean.write_text("今天开会。", encoding="utf-8")
    assert main.main(["scan", str(clean)]) == 0
    assert "已读全" in capsys.readouterr().out


def test_reveal_shows_the_bare_text(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["scan", str(letter), "--json", "--reveal"])
    assert PERSON.id_number in capsys.readouterr().out


def test_a_marked_file_is_stopped_and_says_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "来文.txt"
    secret.write_text("秘密★5年\n关于某事的通知\n内容内容\n", encoding="utf-8")
    assert main.main(["scan", str(secret), "--json"]) == 1
    (only,) = lines(capsys)
    assert only["status"] == "stopped"
    assert only["sha256"] is None
    findings = only["findings"]
    assert isinstance(findings, list)
    assert [f["rule"] for f in findings] == ["state-secret-mark"]
    assert "某事" not in json.dumps(only, ensure_ascii=False)
    assert main.main(["read", str(secret), "--json", "--reveal"]) == 1
    assert "某事" not in capsys.readouterr().out


def test_a_marked_file_is_not_redacted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret, out = tmp_path / "来文.txt", tmp_path / "公开.txt"
    secret.write_text("秘密★5年\n关于某事的通知\n", encoding="utf-8")
    assert main.main(["redact", str(secret), "-o", str(out)]) == 3
    assert "保密员" in capsys.readouterr().err
    assert not out.exists()


def test_read_gives_every_segment_with_place_and_visibility(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main.main(["read", str(letter), "--json"])
    whole = json.loads(capsys.readouterr().out)
    texts = [s["text"] for s in whole["segments"]]
    assert "关于停水的通知" in texts
    assert not any(PERSON.id_number in t for t in texts)
    assert all(set(s["place"]) >= PLACE_KEYS - {"span"} for s in whole["segments"])
    assert all(isinstance(s["visible"], bool) for s in whole["segments"])


def test_redact_writes_a_clean_file_and_verifies_it(
    letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = letter.read_bytes()
    out = tmp_path / "公开.docx"
    assert main.main(["redact", str(letter), "-o", str(out), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["left"] == 0
    assert result["verification"]["status"] == "read"
    assert PERSON.id_number not in "".join(p.text for p in Document(str(out)).paragraphs)
    assert letter.read_bytes() == before


def test_redact_by_matter_keeps_only_permitted_columns(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["序号", "姓名", "身份证号", "困难原因", "月保障金额（元）"])
    sheet.append([1, PERSON.name, PERSON.id_number, "因病", 620])
    source, out = tmp_path / "名单.xlsx", tmp_path / "公开.xlsx"
    workbook.save(source)
    main.main(["redact", str(source), "-o", str(out), "--profile", "低保公示"])
    text = str([[c.value for c in row] for row in load_workbook(out).worksheets[0].rows])
    assert PERSON.name in text
    assert not any(w in text for w in (PERSON.id_number, "因病", "困难原因", "身份证号"))


def test_an_unknown_matter_is_refused(tmp_path: Path, letter: Path) -> None:
    words = ["redact", str(letter), "-o", str(tmp_path / "x.docx"), "--profile", "没有的事项"]
    assert main.main(words) == 3


def test_a_missing_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["scan", str(tmp_path / "没有.docx"), "--json"]) == 1
    (only,) = lines(capsys)
    assert only["status"] == "unreadable"
