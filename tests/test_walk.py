"""The whole walk as an officer would script it: `main.py` as a program, on real files."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.build.libreoffice import convert, with_libreoffice
from tests.labelled import laws
from tests.sockets import Forbidden

ROOT = Path(__file__).resolve().parent.parent


def run(
    *words: str | Path,
    home: Path | None = None,
    code: int | None = 0,
    more: Mapping[str, str] | None = None,
) -> str:
    """Run main.py in a process of its own; its stdout. `code` None accepts any.

    `more` is added to the environment.
    """
    command = [sys.executable, str(ROOT / "main.py")]
    if home is not None:
        command += ["--home", str(home)]
    ran = subprocess.run(
        [*command, *map(str, words)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | dict(more or {}),
        timeout=300,
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    if code is not None:
        assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout


def as_(officer: str, *words: str | Path) -> tuple[str | Path, ...]:
    return ("--as", officer, *words)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What `demo` leaves: the folder that leaves the office, and the office's home."""
    folder = tmp_path_factory.mktemp("demo")
    net = Forbidden(folder)
    run("demo", "--out", folder / "out", home=folder / "home", more=net.environment)
    assert net.opened() == []
    assert net.interpreters() >= 2
    return folder / "out", folder / "home"


def package_of(out: Path) -> Path:
    return next(p.parent for p in out.rglob("manifest.json"))


def test_demo_leaves_a_package_whose_manifest_is_true(shown: tuple[Path, Path]) -> None:
    out, _ = shown
    folder = package_of(out)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["files"]) >= 15
    assert len(manifest["head"]) == 64
    for file in manifest["files"]:
        assert sha256((folder / file["path"]).read_bytes()).hexdigest() == file["sha256"]
        assert len(set(file["approved_by"])) >= 3
    archive = next(out.rglob("*.zip"))
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert sum(n.endswith("manifest.json") for n in names) == 1


def test_nothing_personal_is_in_the_package(shown: tuple[Path, Path]) -> None:
    out, _ = shown
    folder = package_of(out)
    lines = run("scan", folder, "--json", code=None).splitlines()
    found = [json.loads(line) for line in lines]
    assert found
    worst = {f["severity"] for file in found for f in file["findings"]}
    assert not worst & {"stop", "hide"}
    assert all(file["status"] in {"read", "partly"} for file in found)


def test_the_secret_file_left_no_trace(shown: tuple[Path, Path]) -> None:
    _, home = shown
    words = [
        w.encode(c) for w in ("关于转发有关文件的通知", "机密★10年") for c in ("utf-8", "utf-16-le")
    ]
    for path in home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(w in data for w in words), path.name


def test_the_index_and_the_approval_sheets_can_be_reopened(shown: tuple[Path, Path]) -> None:
    out, _ = shown
    index = load_workbook(package_of(out) / "目录.xlsx")
    header = [str(c.value) for c in next(iter(index.active.iter_rows()))]
    rows = list(index.active.iter_rows(values_only=True))
    text = " ".join(str(c) for row in rows for c in row)
    for word in ("索引号", "信息名称", "发布机构", "发文字号", "成文日期", "公开方式", "有效性"):
        assert word in text, header
    sheets = [p for p in out.rglob("*.docx") if "审批表" in str(p.relative_to(out))]
    assert sheets
    for sheet in sheets:
        words = "".join(
            c.text for t in Document(str(sheet)).tables for r in t.rows for c in r.cells
        )
        assert "保密审查员" in words
        assert "万知秋" in words


def test_the_notice_prints_only_what_the_matter_allows(shown: tuple[Path, Path]) -> None:
    out, _ = shown
    notice = Document(str(next(out.glob("*公示.docx"))))
    words = "".join(c.text for t in notice.tables for r in t.rows for c in r.cells)
    assert "姓名" in words
    assert not any(w in words for w in ("500299", "629999", "账号", "身份证"))


def test_the_annual_report_is_read_back(shown: tuple[Path, Path]) -> None:
    out, _ = shown
    report = json.loads(
        run("report", "check", next(out.glob("*年度报告.docx")), "--json", code=None)
    )
    assert report["year"] == 2026
    assert report["organ"] == "白石沟镇人民政府"
    assert all(len(row) == 7 for row in report["tables"]["table3"].values())
    assert not [c for c in report["checks"] if c["status"] == "fails"]


def test_the_window_opens_no_socket(tmp_path: Path) -> None:
    net = Forbidden(tmp_path)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | net.environment
    run("setup", "--sample", home=tmp_path / "home")
    shown = subprocess.run(
        [sys.executable, "-m", "gui.bench", "our_window", str(tmp_path / "home")],
        cwd=ROOT, env=environment, capture_output=True, check=False, text=True, timeout=60,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert net.opened() == []


def test_the_log_holds(shown: tuple[Path, Path]) -> None:
    _, home = shown
    verdict = json.loads(run("audit", "verify", "--json", home=home))
    assert verdict["ok"]
    assert verdict["entries"] > 100


@with_libreoffice
def test_every_paper_of_the_demo_renders(shown: tuple[Path, Path], tmp_path: Path) -> None:
    out, _ = shown
    papers = [next(out.glob("*公示.docx")), next(out.glob("*年度报告.docx"))]
    papers += [p for p in out.rglob("*.docx") if "审批表" in str(p.relative_to(out))][:1]
    for paper in papers:
        pdf = convert(paper, "pdf", tmp_path)
        assert 1 <= pages_of(pdf) <= 8, paper.name


def pages_of(pdf: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def test_one_person_cannot_release(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run("setup", "--sample", home=home)
    paper = tmp_path / "停水通知.txt"
    paper.write_text("停水通知\n因管网检修，8月3日停水一天。\n白石沟镇自来水厂\n", encoding="utf-8")
    taken = json.loads(run(*as_("覃小满", "take", paper, "--json"), home=home))
    number = str(taken["id"])
    run(*as_("覃小满", "clean", number), home=home)
    run(*as_("覃小满", "step", number, "submit"), home=home)
    for action in ("check", "clear", "approve"):
        run(*as_("覃小满", "step", number, action), home=home, code=3)
    run(*as_("覃小满", "release", number, "-o", tmp_path / "out"), home=home, code=3)
    assert not list((tmp_path).glob("out/*"))


@with_libreoffice
@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_a_public_law_walks_to_the_package(suffix: str, tmp_path: Path) -> None:
    """Written by LibreOffice, by nobody here where there is one: scanned without a stop, taken,
    cleaned."""
    law = laws.one_at_least()[-1]
    source = tmp_path / f"law.{suffix}"
    made_from_text(law, source, tmp_path)
    found = json.loads(run("scan", source, "--json", code=None))
    assert found["status"] == "read"
    assert not [f for f in found["findings"] if f["severity"] == "stop"]
    home = tmp_path / "home"
    run("setup", "--sample", home=home)
    taken = json.loads(run(*as_("覃小满", "take", source, "--json"), home=home))
    number = str(taken["id"])
    if suffix != "pdf":
        run(*as_("覃小满", "clean", number), home=home, code=None)
    shown = json.loads(run("show", number, "--json", home=home))
    for finding in shown["items"]:
        run(
            *as_("覃小满", "rule", number, finding["id"], "keep", "--reason", "法律原文"), home=home
        )
    for officer, action in (
        ("覃小满", "submit"),
        ("骆青山", "check"),
        ("万知秋", "clear"),
        ("岑怀远", "approve"),
    ):
        run(*as_(officer, "step", number, action), home=home)
    run(*as_("覃小满", "release", number, "-o", tmp_path / "out"), home=home)
    folder = package_of(tmp_path / "out")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (folder / manifest["files"][0]["path"]).is_file()


def made_from_text(law: Path, out: Path, folder: Path) -> None:
    """LibreOffice writes the text as `out`'s kind; a sheet gets a line a row."""
    source = folder / "source.csv" if out.suffix == ".xlsx" else folder / "source.txt"
    source.write_text(law.read_text(encoding="utf-8")[:20_000], encoding="utf-8-sig")
    target = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx", ".pdf": "pdf"}[out.suffix]
    filters = (
        ["--infilter=CSV:9,34,UTF8"]
        if out.suffix == ".xlsx"
        else ["--infilter=Text (encoded):UTF8"]
    )
    convert(source, target, folder, *filters)
    source.with_suffix(out.suffix).rename(out)
